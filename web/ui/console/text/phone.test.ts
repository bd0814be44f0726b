import { expect, test } from "vitest";
import { dialAddress, numberInWords, phoneInWords } from "./phone";

test("a mobile number of China is grouped as it is read out, others stay as they came", () => {
  expect(phoneInWords("+8613800138000")).toBe("+86 138 0013 8000");
  expect(phoneInWords("+16502530000")).toBe("+16502530000");
  expect(phoneInWords("javascript:alert(1)")).toBe("javascript:alert(1)");
});

test("only what is plainly a number can be dialled (A7)", () => {
  expect(dialAddress("+8613800138000")).toBe("tel:+8613800138000");
  for (const bad of ["", "+", "110", "+86 138", "+861380013800012345", "javascript:alert(1)"]) {
    expect(dialAddress(bad)).toBeUndefined();
  }
});

test("a ticket number is said in two halves", () => {
  expect(numberInWords("48210937")).toBe("4821 0937");
  expect(numberInWords("7")).toBe("7");
});

import { expect, test } from "vitest";
import { type Press, sends } from "./enter";
import { actOf } from "./shortcuts";

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 0,
  ...more,
});
const outside = { inInput: false, inDialog: false };

test("Enter sends, with Ctrl or Cmd too", () => {
  expect(sends(press("Enter"))).toBe(true);
  expect(sends(press("Enter", { ctrlKey: true }))).toBe(true);
  expect(sends(press("Enter", { metaKey: true }))).toBe(true);
});

test("Shift+Enter is a new line, and other keys are themselves", () => {
  expect(sends(press("Enter", { shiftKey: true }))).toBe(false);
  expect(sends(press("a"))).toBe(false);
});

test("Enter that ends a composition never sends (W18)", () => {
  expect(sends(press("Enter", { isComposing: true }))).toBe(false);
  expect(sends(press("Enter", { keyCode: 229 }))).toBe(false);
});

test("single keys act outside of inputs and dialogs (A2)", () => {
  expect(["a", "R", "n", "E", "?"].map((key) => actOf(press(key), outside))).toEqual([
    "accept",
    "reply",
    "note",
    "resolve",
    "help",
  ]);
  expect(actOf(press("a"), { ...outside, inInput: true })).toBeNull();
  expect(actOf(press("a"), { ...outside, inDialog: true })).toBeNull();
});

test("a key with a modifier belongs to the browser, one in composition to the input method", () => {
  expect(actOf(press("r", { ctrlKey: true }), outside)).toBeNull();
  expect(actOf(press("a", { metaKey: true }), outside)).toBeNull();
  expect(actOf(press("n", { keyCode: 229 }), outside)).toBeNull();
  expect(actOf(press("x"), outside)).toBeNull();
});

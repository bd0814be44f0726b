import { expect, test } from "vitest";
import { pieces } from "./links";

const links = (text: string) => pieces(text).flatMap((piece) => piece.href ?? []);

test.each([
  ["no address here", []],
  ["see https://shop.example/orders.", ["https://shop.example/orders"]],
  ["看这里：https://shop.example/订单？谢谢", ["https://shop.example/订单"]],
  [
    "（http://a.example/x）和 https://b.example/y?z=1&w=2!",
    ["http://a.example/x", "https://b.example/y?z=1&w=2"],
  ],
  ["javascript:alert(1) data:text/html,x ftp://a.example", []],
  ["https://bank.example@evil.example/x", []],
  ["https://blog.example/@name/post", ["https://blog.example/@name/post"]],
  ["https:// and http://", []],
])("%s", (text, want) => {
  expect(links(text)).toEqual(want);
});

test("the pieces put together are the text", () => {
  for (const text of ["", "a https://x.example b https://y.example", "https://x.example。好"]) {
    const whole = pieces(text).map((piece) => piece.text);
    expect(whole.join("")).toBe(text);
  }
});

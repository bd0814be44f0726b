import { expect, test } from "vitest";
import { en } from "./en";
import { zh } from "./zh-CN";

const keys = Object.keys(zh) as (keyof typeof zh)[];
const slots = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("both languages have the same sentences, none of them empty", () => {
  expect(Object.keys(en).sort()).toEqual([...keys].sort());
  for (const key of keys) expect([zh[key], en[key]], key).not.toContain("");
});

test("a sentence has the same values in both languages", () => {
  for (const key of keys) expect(slots(en[key]), key).toEqual(slots(zh[key]));
});

test("the words of the trade are not those of visitors (W24)", () => {
  for (const key of keys) expect(zh[key], key).not.toMatch(/会话|坐席|工单/);
  for (const key of keys) expect(en[key], key).not.toMatch(/session|ticket|queue/i);
});

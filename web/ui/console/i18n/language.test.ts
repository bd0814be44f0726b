import { expect, test } from "vitest";
import { pickLanguage } from "../../shared/i18n";
import { catalogs, languages, wordFor } from "./language";

type Words = { [key: string]: string | Words | ((...values: never[]) => string) };

function keysOf(words: Words, path = ""): string[] {
  return Object.entries(words).flatMap(([key, word]) =>
    typeof word === "object" ? keysOf(word, `${path}${key}.`) : [path + key],
  );
}

test("both catalogs have the same words, and none is empty", () => {
  const [zh, en] = [catalogs["zh-CN"], catalogs.en];
  expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
  expect(JSON.stringify([zh, en])).not.toContain('""');
});

test("Chinese uses plain words (W24)", () => {
  expect(JSON.stringify(catalogs["zh-CN"])).not.toMatch(/会话|坐席|工单/);
});

test("the browser's language decides, English in doubt", () => {
  const pick = (tag: string) => pickLanguage([null, tag], languages, "en");
  expect([pick("zh-TW"), pick("en-GB"), pick("fr")]).toEqual(["zh-CN", "en", "en"]);
});

test("a word nobody translated is shown as it is", () => {
  expect(wordFor({ a: "A" }, "a")).toBe("A");
  expect(wordFor({ a: "A" }, "toString")).toBe("toString");
  expect(wordFor({ a: "A" }, undefined)).toBe("");
});

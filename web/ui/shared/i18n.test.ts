import { expect, test } from "vitest";
import { pickLanguage, translator } from "./i18n";

test("values are put in, and a missing one stays visible", () => {
  const t = translator({ greet: "Hello {name}, {n} new" });
  expect(t("greet", { name: "Lin", n: 0 })).toBe("Hello Lin, 0 new");
  expect(t("greet", { name: "Lin" })).toBe("Hello Lin, {n} new");
});

test.each([
  [["zh-CN"], "zh-CN"],
  [["zh-Hant-TW"], "zh-CN"],
  [["en-GB"], "en"],
  [["fr", "en-US", "zh"], "en"],
  [["", null, undefined], "zh-CN"],
  [["zhuang"], "zh-CN"],
])("%j speaks %s", (wanted, spoken) => {
  expect(pickLanguage(wanted, ["zh-CN", "en"], "zh-CN")).toBe(spoken);
});

test.each([
  ["zh-TW", "zh-TW"],
  ["zh-HK", "zh-TW"],
  ["zh-Hant", "zh-TW"],
  ["zh-Hant-MO", "zh-TW"],
  ["zh-SG", "zh-CN"],
  ["zh", "zh-CN"],
  ["ZH-tw", "zh-TW"],
])("with traditional Chinese to offer, %s speaks %s", (wanted, spoken) => {
  expect(pickLanguage([wanted], ["zh-CN", "zh-TW", "en"], "zh-CN")).toBe(spoken);
});

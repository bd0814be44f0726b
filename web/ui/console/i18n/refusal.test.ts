import { expect, test } from "vitest";
import { catalogs, languages } from "./language";
import { refusalIn, refusalOf } from "./refusal";

const { en } = catalogs;

test("a refusal is said for what was tried, then in general, then in the server's words", () => {
  expect(refusalIn(en, "watch", { code: "forbidden" })).toBe(en.errors["watch.forbidden"]);
  expect(refusalIn(en, "join", { code: "forbidden" })).toBe(en.errors.forbidden);
  expect(refusalIn(en, "join", { code: "new_code", message: "Said so." })).toBe("Said so.");
  expect(refusalIn(en, "join", { code: "toString", message: "" })).toBe("toString");
});

test("a code may carry what was tried", () => {
  expect(refusalOf(en, { code: "takeover.no_room" })).toBe(en.errors["takeover.no_room"]);
  expect(refusalOf(en, { code: "takeover.unavailable" })).toBe(en.errors.unavailable);
  expect(refusalOf(en, { code: "slow_down" })).toBe(en.errors.slow_down);
});

test("whatever the server refuses about colleagues has a sentence in both languages", () => {
  const codes = ["not_there", "yourself", "unknown_queue", "no_room", "offer_gone", "forbidden"];
  for (const lang of languages) {
    for (const code of [...codes, "no_session", "not_yours", "bad_text", "bad_value", "cut_off"]) {
      expect(refusalIn(catalogs[lang], "", { code })).not.toBe(code);
    }
  }
});

import { describe, expect, test } from "vitest";
import { ANYTHING, askedOf, filtersIn, idIn, queryOf, searchOf } from "./asked";
import { excerpt, marked } from "./marks";

const found = (text: string, ...terms: string[]) =>
  marked(text, terms).flatMap((stretch) => (stretch.found ? stretch.text : []));

describe("marks", () => {
  test.each([
    ["我要退款，退款要多久", ["退款"], ["退款", "退款"]],
    ["退款申请已提交", ["退款申请"], ["退款申请"]],
    ["退货", ["退"], ["退"]],
    ["Refunds were refunded: REFUND", ["refund"], ["Refunds", "refunded", "REFUND"]],
    ["no prefund here", ["refund"], []],
    ["VIP会员", ["vip"], ["VIP"]],
    ["ＶＩＰ会员", ["vip", "会员"], ["ＶＩＰ会员"]],
    ["address access", ["address"], ["address"]],
    ["my stories, a story", ["stor"], ["stories", "story"]],
    ["订单 2026112800", ["2026112800"], ["2026112800"]],
    ["nothing", [], []],
  ])("in %j, %j is %j", (text, terms, want) => expect(found(text, ...terms)).toEqual(want));

  test("the stretches are the text again, whatever is in it", () => {
    for (const text of ["", "<b>退款</b>", "a😀退款\u0301e\u0301\ufb01nd", "退\u200d款"]) {
      expect(
        marked(text, ["退款", "find"])
          .map((stretch) => stretch.text)
          .join(""),
      ).toBe(text);
    }
  });

  test("an excerpt holds what was found, and says that it is one", () => {
    const long = `${"前".repeat(200)}退款${"后".repeat(200)}`;
    expect(excerpt(long, ["退款"], 40)).toMatch(/^…前{10}退款后{28}…$/);
    expect(excerpt("短\n句", ["退款"], 40)).toBe("短 句");
    expect(excerpt(long, [], 40)).toBe(`${"前".repeat(40)}…`);
    expect(excerpt(`${"前".repeat(100)}退款`, ["退款"], 40)).toBe(`…${"前".repeat(38)}退款`);
  });
});

describe("what is asked", () => {
  test("goes into the address and comes back", () => {
    const asked = { ...ANYTHING, q: "退款 & more", from: "2026-11-01", rating: "1" };
    expect(askedOf(searchOf(asked))).toEqual(asked);
    expect(searchOf(ANYTHING)).toBe("");
    expect(filtersIn(asked)).toBe(2);
  });

  test("a day is asked for from its midnight to the next", () => {
    const day = queryOf({ ...ANYTHING, from: "2026-11-28", to: "2026-11-28" });
    expect(day.get("from")).toBe(new Date(2026, 10, 28).toISOString());
    expect(day.get("to")).toBe(new Date(2026, 10, 29).toISOString());
    const odd = queryOf({ ...ANYTHING, from: "yesterday", to: "0001-01-01" });
    expect([...odd]).toEqual([]);
  });

  test("an id is told from words", () => {
    expect(idIn(" 019AB2C4-0000-7000-8000-00000000000A ")).toBe(
      "019ab2c4-0000-7000-8000-00000000000a",
    );
    expect(idIn("退款")).toBeUndefined();
  });
});

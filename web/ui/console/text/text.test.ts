import { describe, expect, test } from "vitest";
import { dateInWords, daysAgo, languageName, timeOfDay } from "./clock";
import { age, duration } from "./duration";
import { beginning, charsOver, hasWords, oneLine } from "./limit";
import { pieces } from "./links";

describe("durations", () => {
  test.each([
    [0, "0 s"],
    [59_999, "59 s"],
    [60_000, "1 min"],
    [130_000, "2 min 10 s"],
    [3_600_000, "1 h"],
    [3_900_000, "1 h 5 min"],
    [-5, "0 s"],
  ])("%i ms is %s", (ms, words) => expect(duration(ms, "en")).toBe(words));

  test("in Chinese too", () => expect(duration(130_000, "zh-CN")).toBe("2 分 10 秒"));

  test("ages are whole", () => {
    expect([age(5, "en"), age(61_000, "en"), age(7_300_000, "zh-CN")]).toEqual([
      "now",
      "1 min",
      "2 小时",
    ]);
  });
});

describe("times", () => {
  const noon = new Date(2026, 2, 4, 12, 5).getTime();
  const iso = new Date(noon).toISOString();

  test("of a day are short", () => expect(timeOfDay(iso, "en")).toBe("12:05"));

  test("days are counted by calendar", () => {
    expect(daysAgo(iso, noon)).toBe(0);
    expect(daysAgo(iso, new Date(2026, 2, 5, 0, 1).getTime())).toBe(1);
  });

  test("the year is named if it is another", () => {
    expect(dateInWords(iso, noon, "en")).toBe("March 4");
    expect(dateInWords(iso, new Date(2027, 1, 1).getTime(), "en")).toBe("March 4, 2026");
  });

  test("languages are named, nonsense is shown as it came", () => {
    expect(languageName("zh-CN", "en")).toBe("Chinese");
    expect(languageName("en-GB", "zh-CN")).toBe("英语");
    expect(languageName("<b>", "en")).toBe("<b>");
    expect(languageName(undefined, "en")).toBe("");
  });
});

describe("links", () => {
  const hrefs = (text: string) => pieces(text).flatMap((piece) => piece.href ?? []);

  test("joining the pieces gives the text back", () => {
    const text = "see https://a.example/x?y=1, (http://b.example) 和https://c.example/路径。好";
    expect(
      pieces(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
    expect(hrefs(text)).toEqual([
      "https://a.example/x?y=1",
      "http://b.example/",
      "https://c.example/%E8%B7%AF%E5%BE%84",
    ]);
  });

  test("a bracket that belongs to the address stays with it", () => {
    expect(hrefs("(https://a.example/b_(c))")).toEqual(["https://a.example/b_(c)"]);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://bank.example@evil.example",
    "ftp://a.example",
    "https://",
    "<a href=x>",
    "",
  ])("%j is no link", (text) => {
    expect(hrefs(text)).toEqual([]);
    expect(
      pieces(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });
});

describe("limits", () => {
  test("a long text is cut at its lines or characters", () => {
    expect(beginning("short")).toBe("short");
    expect(beginning("a\n".repeat(10_000)).split("\n")).toHaveLength(24);
    expect(beginning("字".repeat(5000))).toHaveLength(1200);
  });

  test("bytes are what is limited, characters are what is said", () => {
    expect(charsOver("abc", 3)).toBe(0);
    expect(charsOver("字字字字", 6)).toBe(2);
  });

  test("spaces and control characters are no words", () => {
    expect(hasWords(" \n\t\u0000\u200b")).toBe(false);
    expect(hasWords(" 好 ")).toBe(true);
  });

  test("one line stays one line", () => {
    expect(oneLine(" a\n\n b\u0007 ")).toBe("a b");
    expect(oneLine("字".repeat(200), 10)).toBe(`${"字".repeat(10)}…`);
  });
});

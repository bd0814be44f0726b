import { describe, expect, test } from "vitest";
import { catalogs, languages } from "../i18n/language";
import type { LineEvent } from "../live/timeline";
import { at } from "../testing/frames";
import { lineWords } from "./lineWords";

const head = { t: "event", session: "s", seq: 1, at: at(0), id: "e", from: "agent" } as const;
const read = (event: LineEvent, lang: "zh-CN" | "en") =>
  lineWords(event, { t: catalogs[lang], lang, people: { b: "Bob" }, now: Date.parse(at(0)) });
const move = (more: Partial<LineEvent & { kind: "move" }>): LineEvent => ({
  ...head,
  kind: "move",
  owner: "waiting",
  name: "Lin",
  ...more,
});
const notice = (code: string): LineEvent => ({ ...head, kind: "notice", code, name: "Zoe" });
const call = (reason: "asked" | "missed" | "cancelled"): LineEvent => ({
  ...head,
  kind: "callback",
  reason,
  ...(reason === "asked" ? { phone: "+8613800138000" } : {}),
});

describe("who has what a visitor goes through is said in a line", () => {
  const cases: [string, LineEvent, string, string][] = [
    [
      "to a line",
      move({ reason: "transferred", queue: "appeals" }),
      "Lin 转交给投诉与申诉队列，访客保留排队时间",
      "Lin transferred it to Complaints and appeals; the visitor keeps the arrival time",
    ],
    [
      "to a colleague",
      move({ reason: "transferred", queue: "general", to: "b" }),
      "Lin 转交给 Bob，访客保留排队时间",
      "Lin transferred it to Bob; the visitor keeps the arrival time",
    ],
    [
      "to one nobody knows",
      move({ reason: "transferred", to: "x" }),
      "Lin 转交给 一位同事，访客保留排队时间",
      "Lin transferred it to a colleague; the visitor keeps the arrival time",
    ],
    [
      "back to the line",
      move({ reason: "released" }),
      "Lin 放回排队，访客保留排队时间",
      "Lin put it back in line; the visitor keeps the arrival time",
    ],
    ["taken over", move({ reason: "taken_over" }), "Lin 接手这个聊天", "Lin takes the chat over"],
    ["accepted", move({ owner: "human", reason: "accepted" }), "Lin接入聊天", "Lin joined"],
    [
      "joined",
      notice("supervisor_joined"),
      "Zoe 加入聊天，访客已知道",
      "Zoe joined the chat; the visitor was told",
    ],
    ["left", notice("supervisor_left"), "Zoe 退出聊天", "Zoe left the chat"],
    [
      "a call",
      call("asked"),
      "访客请求回电 · +86 138 0013 8000 · 越快越好",
      "The visitor asks to be called · +86 138 0013 8000 · as soon as possible",
    ],
    [
      "no call",
      call("cancelled"),
      "访客取消了回电，回到排队",
      "The visitor would rather not be called; back in line",
    ],
    [
      "missed",
      call("missed"),
      "访客离开超过一天，列入要回电的名单",
      "The visitor was away for a day; on the list to call back",
    ],
  ];
  test.each(cases)("%s", (_, event, zh, en) => {
    expect([read(event, "zh-CN"), read(event, "en")]).toEqual([zh, en]);
  });
});

test("a name that is long or has breaks in it stays in one line", () => {
  const name = `a\n${"b".repeat(500)}`;
  for (const lang of languages) {
    const words = read(move({ reason: "taken_over", name }), lang);
    expect(words.length).toBeLessThan(120);
    expect(words).not.toContain("\n");
  }
});

import { describe, expect, test } from "vitest";
import { EMPTY, reduce, say, type VisitorState } from "../../shared/reduce";
import type { Queue, VisitorEvent } from "../../shared/wire";
import type { Model } from "../client";
import { words } from "../i18n";
import { inThrees, items } from "./items";
import { isLongGone, networkText, placeText } from "./line";

const zh = words("zh-CN");
const en = words("en");
const NOW = Date.parse("2026-11-23T08:31:00Z");
const AT = "2026-11-23T08:30:15Z";

function model(state: Partial<VisitorState>, over: Partial<Model> = {}): Model {
  return {
    state: { ...EMPTY, session: "s1", ...state },
    status: "ready",
    lostAt: 0,
    down: false,
    asking: false,
    phone: "",
    hours: "",
    ...over,
  };
}

describe("the place in line", () => {
  const queue = (position: number, eta: Queue["eta"], open = true) =>
    model({ owner: "waiting", queue: { t: "queue", position, eta, open } });

  test.each([
    [queue(1, [10, 40]), "您排在第一位，预计不到 1 分钟"],
    [queue(3, [60, 120]), "您前面还有 2 位，约 1–\u20602 分钟"],
    [queue(2, [61, 119]), "您前面还有 1 位，约 1–\u20602 分钟"],
    [queue(2, [120, 120]), "您前面还有 1 位，约 2 分钟"],
    [queue(3, null), "您前面还有 2 位，正在为您找客服人员"],
    [queue(3, null, false), "现在没有客服人员值班。位置为您留着，上班后回复您。"],
    [model({ owner: "waiting" }), "正在为您找客服人员…"],
    [model({}, { asking: true }), "正在为您找客服人员…"],
    [model({}, { asking: true, status: "resting", lostAt: 1 }), zh("askingOffline")],
    [model({ owner: "human" }), ""],
  ])("%#", (given, want) => {
    expect(placeText(given, NOW, zh)).toBe(want);
  });
});

describe("the network", () => {
  const lost = (ms: number) => model({}, { status: "resting", lostAt: NOW - ms });

  test("a blink is not worth a word", () => {
    expect(networkText(lost(1_000), NOW, en)).toBe("");
    expect(networkText(lost(2_000), NOW, en)).toBe(en("offline"));
  });

  test("after a while the phone is offered, and at once when it stopped", () => {
    expect([isLongGone(lost(2_000), NOW), isLongGone(lost(16_000), NOW)]).toEqual([false, true]);
    expect(isLongGone(model({}, { status: "stopped" }), NOW)).toBe(true);
  });
});

describe("the log", () => {
  const message = (seq: number, from: "visitor" | "bot" | "agent"): VisitorEvent => ({
    t: "event",
    kind: "message",
    at: AT,
    seq,
    from,
    id: `i${seq}`,
    text: "text",
    ...(from === "bot" && { ai: true }),
    ...(from === "agent" && { name: "小李" }),
  });
  const options = { t: zh, lang: "zh-CN", now: NOW, connected: true } as const;
  const fold = (...events: VisitorEvent[]) =>
    events.reduce((state, event) => reduce(state, event, NOW), EMPTY);

  test("every bubble says who speaks, and the bot's that it is AI (W8)", () => {
    const state = fold(message(1, "visitor"), message(2, "bot"), message(3, "agent"));
    const who = items(state, options).map((item) => (item.is === "bubble" ? item.who : item.text));
    expect(who).toEqual(["您", "AI 智能助手", "客服人员 小李"]);
  });

  test("an own message keeps its row when its event arrives", () => {
    const pending = say(EMPTY, { id: "i1", text: "text", at: NOW });
    const before = items(pending, options);
    const after = items(reduce(pending, message(1, "visitor"), NOW), options);
    expect(after.map((item) => item.key)).toEqual(before.map((item) => item.key));
  });

  test("an unsent message says so when it takes long or there is no connection", () => {
    const state = say(EMPTY, { id: "i1", text: "text", at: NOW });
    const mark = (over: object) => items(state, { ...options, ...over })[0];
    expect(mark({})).toMatchObject({ mark: "" });
    expect(mark({ connected: false })).toMatchObject({ mark: "waiting" });
    expect(mark({ now: NOW + 2_000 })).toMatchObject({ mark: "waiting" });
  });

  test("the last own message is marked read when a person has read it", () => {
    const read = { t: "event", at: AT, kind: "read", from: "agent", upto: 2 } as const;
    const state = fold(message(1, "visitor"), message(2, "visitor"), { ...read, seq: 3, id: "r" });
    const marks = items(state, options).map((item) => (item.is === "bubble" ? item.mark : ""));
    expect(marks).toEqual(["", "read"]);
  });

  test("another day is named, today is not", () => {
    const old = { ...message(1, "bot"), at: "2026-11-20T08:00:00Z" };
    const list = items(fold(old, message(2, "bot")), options);
    expect(list.filter((item) => item.is === "day").map((item) => item.text)).toEqual([
      "11月20日",
      "11月23日",
    ]);
    expect(items(fold(message(1, "bot")), options).some((item) => item.is === "day")).toBe(false);
  });

  test("a person who joins is announced by name, and one without a name too", () => {
    const move = { t: "event", at: AT, kind: "move", from: "agent", owner: "human" } as const;
    const list = items(
      fold({ ...move, seq: 1, id: "a", name: "小李" }, { ...move, seq: 2, id: "b" }),
      options,
    );
    expect(list).toMatchObject([
      { text: "客服人员 小李 来了，现在由真人为您服务" },
      { text: "客服人员 来了，现在由真人为您服务" },
    ]);
  });
});

describe("a long answer of the bot comes in pieces of three sentences (W24)", () => {
  test.each([
    ["一。二！三？四。", ["一。二！三？", "四。"]],
    ["他说：“好。”然后走了。好的。再见。", ["他说：“好。”然后走了。好的。", "再见。"]],
    ["One. Two! Three? Four", ["One. Two! Three?", "Four"]],
    ["It costs 3.5 yuan. See https://a.example/?q=1 now.", null],
    ["1. open\n2. press\n3. wait\n4. done", ["1. open\n2. press\n3. wait", "4. done"]],
    ["", null],
    ["no end", null],
  ])("%j", (text, want) => {
    expect(inThrees(text)).toEqual(want ?? [text]);
  });

  test("and every piece says that it is AI (W8)", () => {
    const event = { t: "event", at: AT, kind: "message", from: "bot", ai: true, id: "b" } as const;
    const state = reduce(EMPTY, { ...event, seq: 1, text: "一。二。三。四。五。六。七。" }, NOW);
    const list = items(state, { t: zh, lang: "zh-CN", now: NOW, connected: true });
    expect(list.map((item) => item.is === "bubble" && item.who)).toEqual(
      Array(3).fill("AI 智能助手"),
    );
    expect(new Set(list.map(({ key }) => key)).size).toBe(3);
  });
});

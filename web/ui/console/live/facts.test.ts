import { describe, expect, test } from "vitest";
import type { AgentEvent } from "../../shared/wire";
import { at, deskWith, moved, note, said } from "../testing/frames";
import { joinedOf, maySupervise, moreTimeOf, questionFor } from "./facts";
import type { Chat } from "./state";

function chatOf(events: readonly AgentEvent[], more = {}): Chat {
  const { s } = deskWith(events, more).chats;
  if (!s) throw new Error("the desk has no chat");
  return s;
}
const head = (seq: number, from: "agent" | "system" | "visitor") =>
  ({ t: "event", session: "s", seq, at: at(seq), from, id: `e${seq}` }) as const;
const notice = (seq: number, code: string): AgentEvent => ({
  ...head(seq, "agent"),
  kind: "notice",
  code,
  agent: "zoe",
  name: "Zoe",
});
const decision = (seq: number, record: unknown): AgentEvent => ({
  ...head(seq, "system"),
  kind: "decision",
  decision: record,
});

describe("a lead is in a chat", () => {
  test("from joining to leaving", () => {
    expect(joinedOf(chatOf([notice(1, "supervisor_joined")]))).toEqual({
      agent: "zoe",
      name: "Zoe",
    });
    const left = [notice(1, "supervisor_joined"), notice(2, "supervisor_left")];
    expect(joinedOf(chatOf(left))).toBeUndefined();
  });

  test("until the next move, and not for another notice", () => {
    const joined = [notice(1, "supervisor_joined"), notice(2, "another_person_asked")];
    expect(joinedOf(chatOf(joined))?.agent).toBe("zoe");
    expect(joinedOf(chatOf([...joined, moved(3, "waiting", "released", "ann")]))).toBeUndefined();
  });
});

describe("needing more time (A5)", () => {
  const signals = (value: number) => ({
    signals: [
      { name: "failed", value: 3 },
      { name: "needs_more_time", value },
    ],
  });

  test("is what the last decision that saw it says", () => {
    expect(moreTimeOf(chatOf([decision(1, signals(1))]))).toBe(1);
    expect(moreTimeOf(chatOf([decision(1, signals(1)), decision(2, signals(2))]))).toBe(2);
    expect(moreTimeOf(chatOf([decision(1, signals(0))]))).toBe(0);
  });

  test("is also the reason of a handoff", () => {
    expect(moreTimeOf(chatOf([], { reason: "needs_more_time" }))).toBe(1);
    expect(moreTimeOf(chatOf([], { reason: "button" }))).toBe(0);
  });

  test("is not read out of a record of another shape", () => {
    for (const record of [
      null,
      7,
      "x",
      [],
      { signals: {} },
      { signals: [null, 1, { name: "needs_more_time", value: "2" }] },
    ]) {
      expect(moreTimeOf(chatOf([decision(1, record)]))).toBe(0);
    }
  });
});

test("the call of a chat is what the visitor asked for last", () => {
  const call = (
    seq: number,
    reason: "asked" | "cancelled" | "missed",
    phone?: string,
  ): AgentEvent => ({
    ...head(seq, "visitor"),
    kind: "callback",
    reason,
    ...(phone ? { phone } : {}),
  });
  const asked = [call(1, "asked", "+8613800138000"), call(2, "asked", "+16502530000")];
  expect(chatOf(asked).head.call).toEqual({ reason: "asked", phone: "+16502530000" });
  expect(chatOf([...asked, call(3, "cancelled")]).head.call).toBeUndefined();
  expect(chatOf([...asked, moved(3, "human", "accepted", "me")]).head.call).toBeDefined();
  expect(chatOf([...asked, moved(3, "closed", "ended")]).head.call).toBeUndefined();
});

test("a transfer takes the chat to another line", () => {
  const move = { ...moved(1, "waiting", "transferred", "me"), queue: "appeals" };
  expect(chatOf([move], { queue: "general" }).head.queue).toBe("appeals");
});

test("a question is for whom it names, the last one counts", () => {
  const ask = (seq: number, to: string) => ({ ...note(seq, `q${seq}`), to });
  const chat = chatOf([ask(1, "me"), ask(2, "bob"), said(3, "visitor", "?")]);
  expect(questionFor(chat, "me")?.text).toBe("q1");
  expect(questionFor(chat, "eve")).toBeUndefined();
});

test("leads and administrators supervise, nobody else (A8)", () => {
  expect(["agent", "lead", "ops", "admin", undefined].map(maySupervise)).toEqual([
    false,
    true,
    false,
    true,
    false,
  ]);
});

import { expect, test } from "vitest";
import { EMPTY, type VisitorState } from "../../shared/reduce";
import type { VisitorEvent } from "../../shared/wire";
import { suggestions } from "./suggest";

const message = (seq: number, body: object) =>
  ({ t: "event", seq, at: "", id: `e${seq}`, kind: "message", text: "…", ...body }) as VisitorEvent;

const state = (over: Partial<VisitorState>): VisitorState => ({ ...EMPTY, session: "s", ...over });

const asked = message(1, { from: "bot", ai: true, suggest: ["a", "b", "c", "d"] });

test("what the bot suggests stands below its newest message, three at most", () => {
  expect(suggestions(state({ events: [asked] }))).toEqual(["a", "b", "c"]);
});

test("it goes when anything else is said, asked or done", () => {
  const own = { id: "1", text: "x", at: 0, state: "unsent" } as const;
  const offer = { id: "o", text: "?" };
  for (const over of [
    { events: [asked, message(2, { from: "visitor" })] },
    { events: [asked], pending: [own] },
    { events: [asked], offer },
    { events: [asked], owner: "waiting" as const },
    { events: [] },
  ])
    expect(suggestions(state(over))).toEqual([]);
});

test("what is no list of words suggests nothing", () => {
  for (const suggest of [1, "abc", [1, null, {}, ""], { length: 3 }, null])
    expect(suggestions(state({ events: [message(1, { from: "bot", suggest })] }))).toEqual([]);
});

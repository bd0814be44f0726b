import { expect, test } from "vitest";
import { EMPTY, reduce, type VisitorState } from "../../shared/reduce";
import type { VisitorIn } from "../../shared/wire";
import { tell } from "./news";

const WELCOME = {
  t: "welcome",
  session: "s",
  token: "t",
  seq: 0,
  owner: "bot",
  policy: 1,
  limits: { frame: 1, text: 1, per_minute: 1, ping_ms: 1 },
  reset: false,
  site: { id: "demo", name: "Demo" },
};
const event = (seq: number, body: object) => ({ t: "event", seq, at: "", id: `e${seq}`, ...body });

/** What the page hears of frames that arrive one after another. */
function heard(...frames: object[]): [string, unknown][] {
  const out: [string, unknown][] = [];
  let state: VisitorState = EMPTY;
  for (const frame of frames) {
    const before = state;
    state = reduce(state, frame as VisitorIn, 0);
    tell(before, state, (name, detail) => out.push([name, detail]));
  }
  return out;
}

test("a handoff is told from the line to the end", () => {
  const queue = { t: "queue", position: 2, eta: [30, 60], open: true };
  expect(
    heard(
      WELCOME,
      event(1, { kind: "message", from: "visitor", text: "hi" }),
      event(2, { kind: "move", from: "visitor", owner: "waiting" }),
      queue,
      { ...queue },
      { ...queue, position: 1, near: true },
      event(3, { kind: "move", from: "agent", owner: "human", name: "小李" }),
      event(4, { kind: "move", from: "agent", owner: "closed", reason: "closed_by_agent" }),
    ),
  ).toEqual([
    ["message", { from: "visitor", text: "hi" }],
    ["queued", { position: 2, eta: [30, 60], open: true }],
    ["queued", { position: 1, eta: [30, 60], open: true }],
    ["turnnear", undefined],
    ["agentjoined", { name: "小李" }],
    ["ended", { reason: "closed_by_agent" }],
  ]);
});

test("history is no news, and what comes late is told once", () => {
  expect(
    heard(
      { ...WELCOME, seq: 2 },
      event(1, { kind: "message", from: "bot", text: "old" }),
      event(2, { kind: "move", from: "agent", owner: "human" }),
      event(3, { kind: "message", from: "agent", text: "new" }),
      event(3, { kind: "message", from: "agent", text: "new" }),
    ),
  ).toEqual([["message", { from: "agent", text: "new" }]]);
});

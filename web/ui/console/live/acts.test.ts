import { describe, expect, test } from "vitest";
import { deskAfter, deskWith, moved, note, said, session, snapshot } from "../testing/frames";
import type { ActName } from "./acts";
import { reduce } from "./reduce";
import type { Desk } from "./state";

const asked = (t: ActName, desk: Desk = deskWith([])) =>
  deskAfter([{ t: "local.act", act: { id: "x", t, session: "s" } }], 0, desk);
const refusal = { t: "error", code: "not_there", message: "no", id: "x" } as const;
const open = (desk: Desk) => desk.acts.map(({ t }) => t);

describe("an act is done", () => {
  test("when the event that carries its id is in the log", () => {
    expect(open(reduce(asked("consult"), { ...note(1, "?"), id: "x" }, 0))).toEqual([]);
    expect(open(reduce(asked("join"), { ...said(1, "agent", "other"), id: "y" }, 0))).toEqual([
      "join",
    ]);
  });

  test("when the chat has left, however that came about", () => {
    expect(open(reduce(asked("transfer"), moved(1, "closed", "ended"), 0))).toEqual([]);
    expect(open(reduce(asked("transfer"), moved(1, "human", "accepted", "bob"), 0))).toEqual([
      "transfer",
    ]);
    expect(open(reduce(asked("transfer"), snapshot(), 0))).toEqual([]);
    expect(open(reduce(asked("transfer"), snapshot({ sessions: [session(1)] }), 0))).toEqual([
      "transfer",
    ]);
  });

  test("when the chat that was asked for is there", () => {
    expect(open(reduce(asked("take"), { t: "session", ...session(3) }, 0))).toEqual([]);
    expect(open(reduce(asked("watch"), { t: "session", ...session(3) }, 0))).toEqual([]);
    const taken = moved(4, "human", "accepted", "me");
    expect(open(reduce(asked("takeover"), taken, 0))).toEqual([]);
    expect(open(reduce(asked("takeover"), moved(4, "waiting", "taken_over"), 0))).toEqual([
      "takeover",
    ]);
  });
});

describe("a refusal", () => {
  test("of what a dialog asked stays with the act, so that the words are not lost", () => {
    const desk = reduce(asked("transfer"), refusal, 0);
    expect(desk.acts[0]?.failure).toEqual({ code: "not_there", message: "no" });
    expect(desk.notices).toEqual([]);
  });

  test("of anything else is told above the panes, with what it was about", () => {
    const desk = reduce(asked("takeover"), { ...refusal, code: "no_room" }, 0);
    expect(desk.acts).toEqual([]);
    expect(desk.notices.map(({ code }) => code)).toEqual(["takeover.no_room"]);
  });

  test("that passes is no refusal of what is sent again by itself", () => {
    const busy = { ...refusal, code: "unavailable", retry_ms: 1000 };
    expect(reduce(asked("transfer"), busy, 0).acts[0]?.failure).toBeUndefined();
    expect(reduce(asked("take"), busy, 0).notices).toHaveLength(1);
  });
});

test("when the connection breaks, what was sent once is told to be in doubt, and nothing else", () => {
  const desk = asked("transfer", asked("take"));
  const both = { ...desk, acts: [...asked("take").acts, ...asked("transfer").acts] };
  const after = reduce(both, { t: "local.link", link: "offline" }, 0);
  expect(open(after)).toEqual(["transfer"]);
  expect(after.notices.map(({ code }) => code)).toEqual(["cut_off"]);
});

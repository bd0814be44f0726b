import { expect, test } from "vitest";
import { deskAfter, moved, note, said, session, snapshot } from "../testing/frames";
import { newsOf } from "./alerts";
import { reduce } from "./reduce";
import { isMine, leftChats, myChats, watchedChats } from "./select";
import type { Desk, Watching } from "./state";

const head = { t: "session", ...session(2) } as const;
const past = [said(1, "visitor", "help"), moved(2, "human", "accepted", "ann")];
const watching = (as: Watching): Desk =>
  deskAfter([snapshot(), { t: "local.watch", session: "s", as }, head, ...past]);
const names = (desk: Desk) => [myChats, watchedChats, leftChats].map((of) => of(desk).length);

test("a colleague's chat that is read is never taken for one's own, also before its events", () => {
  const opened = deskAfter([snapshot(), { t: "local.watch", session: "s", as: "lead" }, head]);
  expect(names(opened)).toEqual([0, 1, 0]);
  expect(names(watching("lead"))).toEqual([0, 1, 0]);
  expect(watching("lead").chats.s?.agent).toBe("ann");
});

test("a lead goes on watching whoever answers, until it ends", () => {
  const released = deskAfter([moved(3, "waiting", "released", "ann")], 0, watching("lead"));
  expect(names(released)).toEqual([0, 1, 0]);
  expect(names(reduce(released, moved(4, "closed", "ended"), 0))).toEqual([0, 0, 1]);
});

test("who takes over answers, and no longer watches", () => {
  const taken = [moved(3, "waiting", "taken_over"), moved(4, "human", "accepted", "me")];
  const desk = deskAfter(taken, 0, watching("lead"));
  expect(names(desk)).toEqual([1, 0, 0]);
  expect(desk.watched).toEqual({});
});

test("who was asked for help is out with the next move", () => {
  const desk = reduce(watching("guest"), moved(3, "waiting", "released", "ann"), 0);
  expect(desk.watched).toEqual({});
  expect(names(desk)).toEqual([0, 0, 1]);
});

test("after a new connection a watched chat stays until it comes again, and then is replaced", () => {
  const again = reduce(watching("lead"), snapshot(), 0);
  expect(again.chats.s?.events).toHaveLength(2);
  const other = { ...said(1, "visitor", "other log"), id: "o" };
  const desk = deskAfter([{ ...head, seq: 1 }, other], 0, again);
  expect(desk.chats.s?.events).toEqual([other]);
  expect(desk.chats.s?.stale).toBeUndefined();
});

test("who may not watch is told, and it is off the list", () => {
  const act = { t: "local.act", act: { id: "w", t: "watch", session: "s" } } as const;
  const error = { t: "error", code: "forbidden", message: "no", id: "w" } as const;
  const desk = deskAfter([act, error], 0, watching("guest"));
  expect(desk.watched).toEqual({});
  expect(desk.chats.s).toBeUndefined();
  expect(desk.notices[0]?.code).toBe("watch.forbidden");
});

test("what a lead whispers and a colleague notes in one's own chat is news, one's own is not", () => {
  const before = deskAfter([snapshot({ sessions: [session(1)] }), said(1, "visitor", "a")]);
  const whisper = { ...note(2, "offer a refund"), agent: "zoe", code: "whisper" };
  const after = deskAfter([whisper, note(3, "mine")], 0, before);
  expect(after.chats.s && isMine(after.chats.s, "me")).toBe(true);
  expect(newsOf(before, after).notes.map(({ event }) => event.text)).toEqual(["offer a refund"]);
});

test("names of colleagues are learned from what they write and from who is there", () => {
  const wrote = { ...said(3, "agent", "hello"), agent: "ann", name: "Ann" };
  const seat = { agent: "bob", name: "Bob", status: "available", capacity: 1, load: 0 } as const;
  const desk = deskAfter([wrote, { t: "seats", seats: [seat], queues: [] }], 0, watching("lead"));
  expect(desk.people).toEqual({ ann: "Ann", bob: "Bob" });
});

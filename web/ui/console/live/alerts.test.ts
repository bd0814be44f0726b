import { expect, test } from "vitest";
import { deskAfter, deskWith, offer, said, session, snapshot } from "../testing/frames";
import { newsOf } from "./alerts";
import { emptyDesk } from "./state";

test("a new offer is news once", () => {
  const before = deskAfter([snapshot()]);
  const desk = deskAfter([{ t: "offer", ...offer("a") }], 0, before);
  expect(newsOf(before, desk).offers).toHaveLength(1);
  expect(newsOf(desk, desk).offers).toHaveLength(0);
});

test("a visitor's message is news, one's own is not", () => {
  const before = deskWith([]);
  const desk = deskAfter([said(1, "visitor", "a")], 0, before);
  expect(newsOf(before, desk).messages.map((m) => m.event.text)).toEqual(["a"]);
  const own = deskAfter([said(2, "agent", "b")], 0, desk);
  expect(newsOf(desk, own).messages).toEqual([]);
});

test("the history that fills a chat is not news", () => {
  const before = deskAfter([snapshot({ sessions: [session(2)] })]);
  const desk = deskAfter([said(1, "visitor", "a"), said(2, "visitor", "b")], 0, before);
  expect(newsOf(before, desk).messages).toEqual([]);
  expect(newsOf(desk, deskAfter([said(3, "visitor", "c")], 0, desk)).messages).toHaveLength(1);
});

test("coming back is news, coming for the first time is not", () => {
  const first = deskAfter([snapshot()]);
  expect(newsOf(emptyDesk, first).online).toBe(false);
  const lost = deskAfter([{ t: "local.link", link: "offline" }], 0, first);
  expect(newsOf(lost, deskAfter([snapshot()], 0, lost)).online).toBe(true);
});

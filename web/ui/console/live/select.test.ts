import { expect, test } from "vitest";
import type { AgentEvent } from "../../shared/wire";
import {
  deskAfter,
  deskWith,
  moved,
  note,
  offer,
  rated,
  said,
  snapshot,
  wasRead,
} from "../testing/frames";
import {
  attention,
  botTurns,
  lastText,
  leftChats,
  problemOf,
  ratingOf,
  readByVisitor,
  unreadOf,
  visitorTag,
  waitOf,
} from "./select";
import type { Chat } from "./state";

function chatWith(events: readonly AgentEvent[], more = {}): Chat {
  const chat = deskWith(events, more).chats.s;
  if (!chat) throw new Error("no chat");
  return chat;
}

const handoff = [
  said(1, "bot", "Hello, I am a bot"),
  said(2, "visitor", "My parcel has not arrived since Monday"),
  said(3, "bot", "Please wait"),
  { ...said(4, "bot", "I am not sure"), unsure: true },
  said(5, "visitor", "a person!"),
  moved(6, "waiting", "words"),
  moved(36, "human", "accepted", "me"),
];

test("unread are the visitor's messages that came after the agent's last act", () => {
  expect(unreadOf(chatWith(handoff))).toBe(0);
  const more = [said(37, "visitor", "a"), note(38, "n"), said(39, "visitor", "b")];
  expect(unreadOf(chatWith([...handoff, ...more]))).toBe(1);
});

test("what an agent has read elsewhere is read here", () => {
  const more = [said(37, "visitor", "a"), said(38, "visitor", "b"), wasRead(39, "agent", 37)];
  expect(unreadOf(chatWith([...handoff, ...more]))).toBe(1);
});

test("attention counts offers and chats with something unread", () => {
  const desk = deskWith([said(1, "visitor", "a"), said(2, "visitor", "b")]);
  expect(attention(desk)).toBe(1);
  expect(attention(deskAfter([{ t: "offer", ...offer("a") }], 0, desk))).toBe(2);
  expect(attention(deskAfter([snapshot()]))).toBe(0);
});

test("the problem is what the visitor explained, not how a person was asked for", () => {
  expect(problemOf(chatWith(handoff))).toBe("My parcel has not arrived since Monday");
});

test("the problem of a chat that was reopened is that of the new visit", () => {
  const again = [
    moved(40, "closed", "closed_by_agent", "me"),
    said(41, "visitor", "Other thing"),
    moved(42, "waiting", "reopened"),
    said(43, "visitor", "a much longer text that came after the handoff itself"),
  ];
  expect(problemOf(chatWith([...handoff, ...again]))).toBe("Other thing");
  expect(problemOf(chatWith([]))).toBe("");
  const wordless = [
    moved(40, "closed", "closed_by_agent", "me"),
    moved(42, "waiting", "button"),
    said(43, "visitor", "hello?"),
  ];
  expect(problemOf(chatWith([...handoff, ...wordless]))).toBe(
    "My parcel has not arrived since Monday",
  );
});

test("the wait ends when a person takes the chat", () => {
  expect(waitOf(chatWith(handoff), 1e9)).toBe(30_000);
});

test("the wait goes on through a lost agent and starts anew with a new visit", () => {
  const lost = [moved(100, "waiting", "agent_lost"), moved(110, "human", "accepted", "me")];
  expect(waitOf(chatWith([...handoff, ...lost]), 1e9)).toBe(40_000);
  const again = [
    moved(50, "closed", "ended"),
    moved(60, "waiting", "reopened"),
    moved(65, "human", "accepted", "me"),
  ];
  expect(waitOf(chatWith([...handoff, ...again]), 1e9)).toBe(5000);
});

test("the wait of somebody in line grows", () => {
  const chat = chatWith([], { owner: "waiting", wait_ms: 4000 });
  expect(waitOf(chat, 500)).toBe(4500);
});

test("the bot's greeting is no answer", () => {
  expect(botTurns(chatWith(handoff))).toEqual({ all: 2, unsure: 1 });
  expect(botTurns(chatWith([said(1, "bot", "Hello")]))).toEqual({ all: 0, unsure: 0 });
});

test("the last text, rating and reading are found", () => {
  const chat = chatWith([...handoff, note(40, "n"), wasRead(41, "visitor", 36), rated(42, 4)]);
  expect(lastText(chat)?.text).toBe("n");
  expect(readByVisitor(chat)).toBe(36);
  expect(ratingOf(chat)).toBe(4);
});

test("chats that were left are listed apart", () => {
  expect(leftChats(deskWith([moved(1, "closed", "ended")]))).toHaveLength(1);
});

test("a visitor is called by the end of the session's id", () => {
  expect(visitorTag("0192f3a1-7c2b-7d11-9a01-5be2c0d93f2a")).toBe("3F2A");
});

import { expect, test } from "vitest";
import { at, moved, note, said } from "../testing/frames";
import { patienceOf, sinceReply } from "./patience";

test("a visitor waits since the first message that nobody answered", () => {
  const talk = [
    said(1, "agent", "a"),
    said(2, "visitor", "b"),
    note(3, "n"),
    said(4, "visitor", "c"),
  ];
  expect(sinceReply(talk)).toBe(at(2));
  expect(sinceReply([...talk, said(5, "agent", "d")])).toBeUndefined();
});

test("a visitor who has just come to a person waits since then", () => {
  const start = [said(1, "visitor", "a"), moved(2, "waiting", "button")];
  expect(sinceReply([...start, moved(3, "human", "accepted", "me")])).toBe(at(3));
});

test("patience wears with the minutes", () => {
  const now = Date.parse(at(0));
  expect(patienceOf(at(-59), now)).toBe("fresh");
  expect(patienceOf(at(-60), now)).toBe("wearing");
  expect(patienceOf(at(-180), now)).toBe("worn");
});

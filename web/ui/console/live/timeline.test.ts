import { expect, test } from "vitest";
import type { AgentEvent } from "../../shared/wire";
import { at, moved, note, rated, said, wasRead } from "../testing/frames";
import { timeline } from "./timeline";

const look = (events: AgentEvent[]) =>
  timeline(events).map((row) =>
    row.row === "text" ? `${row.row}${row.first ? "+" : ""}` : row.row,
  );

test("texts of one author stand together, and anything between parts them", () => {
  const rows = look([
    said(1, "visitor", "a"),
    said(2, "visitor", "b"),
    said(3, "bot", "c"),
    moved(4, "waiting", "button"),
    said(5, "bot", "d"),
    note(6, "e"),
    rated(7, 5),
  ]);
  expect(rows).toEqual(["day", "text+", "text", "text+", "line", "text+", "text+", "line"]);
});

test("a long pause parts the texts of one author", () => {
  const late = { ...said(2, "visitor", "b"), at: at(1000) };
  expect(look([said(1, "visitor", "a"), late])).toEqual(["day", "text+", "text+"]);
});

test("every day gets its line", () => {
  const tomorrow = { ...said(2, "visitor", "b"), at: at(86_400) };
  expect(look([said(1, "visitor", "a"), tomorrow])).toEqual(["day", "text+", "day", "text+"]);
});

test("reading and unknown kinds are not shown, a decision is if it says something", () => {
  const other = { ...said(2, "system", ""), kind: "other" } as AgentEvent;
  const silent = { ...said(3, "system", ""), kind: "decision" } as AgentEvent;
  const worded = { ...said(4, "system", "Offer a person"), kind: "decision" } as AgentEvent;
  expect(look([wasRead(1, "visitor", 1), other, silent, worded])).toEqual(["day", "line"]);
});

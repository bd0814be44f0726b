import { expect, test } from "vitest";
import type { Colleague, SeatStatus } from "../../shared/wire";
import { found, isOpen, optionsOf, stepped } from "./options";

const seat = (name: string, status: SeatStatus, load = 0, skills?: string[]): Colleague => ({
  agent: name,
  name,
  status,
  capacity: 3,
  load,
  ...(skills ? { skills } : {}),
});
const roster = {
  t: "seats",
  seats: [
    seat("me", "available"),
    seat("away", "away"),
    seat("full", "busy", 3),
    seat("half", "available", 2, ["appeals"]),
    seat("free", "available"),
  ],
  queues: ["appeals", "general"],
} as const;
const nameOf = (queue: string) => (queue === "appeals" ? "投诉 Complaints" : queue);
const all = (queues = true) =>
  optionsOf({
    roster: { ...roster, seats: [...roster.seats], queues: [...roster.queues] },
    lines: [{ queue: "general", waiting: 2, longest_ms: 1 }],
    me: "me",
    queues,
    nameOf,
  });
const keys = (options: readonly { key: string }[]) => options.map(({ key }) => key);

test("lines come first, then colleagues by the room they have, never oneself", () => {
  expect(keys(all())).toEqual([
    "queue:appeals",
    "queue:general",
    "agent:free",
    "agent:half",
    "agent:full",
    "agent:away",
  ]);
  expect(all().find(({ key }) => key === "queue:general")).toMatchObject({ waiting: 2 });
});

test("a question goes to a colleague, not to a line", () => {
  expect(keys(all(false)).some((key) => key.startsWith("queue:"))).toBe(false);
});

test("a search finds names and what colleagues serve, by every word of it", () => {
  expect(keys(found(all(), "FR", nameOf))).toEqual(["agent:free"]);
  expect(keys(found(all(), " half complaints ", nameOf))).toEqual(["agent:half"]);
  expect(keys(found(all(), "投诉", nameOf))).toEqual(["queue:appeals", "agent:half"]);
  expect(found(all(), "half general", nameOf)).toEqual([]);
  expect(found(all(), "", nameOf)).toHaveLength(6);
});

test("a colleague without room can be chosen, one who is away cannot", () => {
  const [away, full] = ["agent:away", "agent:full"].map((key) => all().find((o) => o.key === key));
  expect(away && isOpen(away)).toBe(false);
  expect(full && isOpen(full)).toBe(true);
});

test("the arrows go through what can be chosen and round the ends", () => {
  const options = all();
  expect(stepped(options, "queue:appeals", 1)).toBe("queue:general");
  expect(stepped(options, "agent:full", 1)).toBe("queue:appeals");
  expect(stepped(options, "queue:appeals", -1)).toBe("agent:full");
  expect(stepped(options, undefined, 1)).toBe("queue:appeals");
  expect(stepped(options, undefined, -1)).toBe("agent:full");
  expect(stepped([], undefined, 1)).toBeUndefined();
});

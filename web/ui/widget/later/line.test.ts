import { expect, test } from "vitest";
import { EMPTY, type VisitorState } from "../../shared/reduce";
import type { VisitorEvent } from "../../shared/wire";
import type { Model } from "../client";
import { besides, callOf, instead } from "./line";
import { callTimes } from "./times";
import { laterWords } from "./words";

const t = laterWords("en");

function model(state: Partial<VisitorState>): Model {
  const rest = { status: "ready", lostAt: 0, down: false, asking: false } as const;
  return { state: { ...EMPTY, owner: "waiting", ...state }, phone: "", hours: "", ...rest };
}

const base = { t: "event", at: "2026-11-24T08:00:00.000Z", id: "x" } as const;
const asked: VisitorEvent = {
  ...base,
  seq: 2,
  kind: "callback",
  from: "visitor",
  reason: "asked",
  phone: "+86•••0000",
  number: "48210937",
};
const cancelled: VisitorEvent = {
  ...base,
  seq: 3,
  kind: "callback",
  from: "visitor",
  reason: "cancelled",
};
const closed: VisitorEvent = { ...base, seq: 4, kind: "move", from: "agent", owner: "closed" };

test("a wait is told with all that explains it, and with its number", () => {
  const queue = {
    t: "queue",
    position: 60,
    eta: null,
    open: true,
    why: "fewer_agents",
    near: true,
    full: true,
    number: "48210937",
  } as const;
  const said = besides(model({ queue }), t, "en");
  expect(said).toEqual([t("near"), t("fewer_agents"), t("full"), t("number", { n: "4821 0937" })]);
});

test("a closed desk says when it opens next", () => {
  const queue = {
    t: "queue",
    position: 1,
    eta: null,
    open: false,
    opens_at: "2026-11-25T01:00:00Z",
  } as const;
  expect(besides(model({ queue }), t, "en").join()).toMatch(/We are back on .*November/);
});

test("W22 who is to be called reads the number and the time in the place of the place", () => {
  expect(instead(model({ events: [asked] }), t, "en")).toEqual([
    t("callSoon", { phone: "+86•••0000" }),
    t("callStay"),
  ]);
  const later = { ...asked, when: "2026-11-25T01:00:00Z" };
  expect(instead(model({ events: [later] }), t, "en")?.[0]).toMatch(/after .*November/);
  expect(besides(model({ events: [asked] }), t, "en")).toEqual([t("number", { n: "4821 0937" })]);
});

test("a call ends with a word against it, with the chat, and with a person", () => {
  expect(callOf(model({ events: [asked, cancelled] }))).toBeUndefined();
  expect(callOf(model({ events: [asked, closed] }))).toBeUndefined();
  expect(callOf(model({ events: [asked], owner: "human" }))).toBeUndefined();
  expect(callOf(model({ events: [asked] }))).toBe(asked);
});

test("the times offered are few, in order, and an hour ahead at least", () => {
  const now = new Date(2026, 10, 24, 13, 30).getTime();
  const times = callTimes(now).map((at) => Date.parse(at));
  expect(times).toHaveLength(5);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times[0]).toBe(new Date(2026, 10, 24, 19).getTime());
});

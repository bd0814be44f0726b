import type {
  AgentEvent,
  AgentIn,
  OfferBody,
  Owner,
  Role,
  SessionHead,
  Snapshot,
} from "../../shared/wire";
import { reduce } from "../live/reduce";
import { type Action, type Desk, emptyDesk } from "../live/state";

// Frames as a server would send them, for tests.

const START = Date.parse("2026-01-05T08:00:00.000Z");

/** The time of an event that many seconds after the start. */
export function at(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

/** What all events of session "s" have. */
function head(seq: number, from: Role) {
  return { t: "event", session: "s", seq, at: at(seq), from, id: `e${seq}` } as const;
}

export function said(seq: number, from: Role, text: string): AgentEvent & { kind: "message" } {
  return { ...head(seq, from), kind: "message", text };
}

export function note(seq: number, text: string): AgentEvent {
  return { ...head(seq, "agent"), kind: "note", text, agent: "me" };
}

export function moved(seq: number, owner: Owner, reason: string, agent?: string): AgentEvent {
  const from = agent ? "agent" : "visitor";
  return { ...head(seq, from), kind: "move", owner, reason, ...(agent ? { agent } : {}) };
}

export function wasRead(seq: number, from: Role, upto: number): AgentEvent {
  return { ...head(seq, from), kind: "read", upto };
}

export function rated(seq: number, score: number): AgentEvent {
  return { ...head(seq, "visitor"), kind: "rating", score };
}

export function session(seq: number, more: Partial<SessionHead> = {}): SessionHead {
  return { session: "s", seq, owner: "human", wait_ms: 0, ...more };
}

export function offer(name: string, more: Partial<OfferBody> = {}): OfferBody {
  const body = { offer: name, session: `of-${name}`, queue: "general", reason: "button" };
  return { ...body, wait_ms: 1000, left_ms: 25_000, ...more };
}

export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    t: "snapshot",
    agent: { id: "me", name: "Lin", role: "agent", site: "demo" },
    seat: { status: "available", capacity: 3, load: 0 },
    sessions: [],
    offers: [],
    queues: [],
    limits: { frame: 16384, text: 8192, per_minute: 60, ping_ms: 25_000 },
    ...more,
  };
}

/** The desk after these actions, all at one time. */
export function deskAfter(actions: readonly Action[], now = 0, desk: Desk = emptyDesk): Desk {
  return actions.reduce((held, action) => reduce(held, action, now), desk);
}

/** A desk with one chat that holds these events. */
export function deskWith(events: readonly AgentEvent[], more: Partial<SessionHead> = {}): Desk {
  const frames: AgentIn[] = [snapshot({ sessions: [session(0, more)] }), ...events];
  return deskAfter(frames);
}

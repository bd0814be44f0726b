// From what the network said to a typed frame, or to null: a malformed frame is never an exception
// and never a half-read value. Unknown fields are ignored, as the protocol asks.

import type { AgentIn, VisitorIn } from "./wire";

/**
 * What a field must be: s string, n number, b boolean, o object, a array (null, which is how Go
 * writes an empty one, becomes []), e a pair of numbers or null. A question mark means optional.
 */
type Field = "s" | "n" | "b" | "a" | "e" | "s?" | "n?" | "b?" | Shape;
interface Shape {
  [field: string]: Field;
}
type Json = Record<string, unknown>;

const LIMITS: Shape = { frame: "n", text: "n", per_minute: "n", ping_ms: "n" };
const EVENT: Shape = { seq: "n", at: "s", kind: "s", from: "s", id: "s", ai: "b?", name: "s?" };
const ERROR: Shape = { code: "s", message: "s", id: "s?", retry_ms: "n?" };
const BYE: Shape = { code: "s", retry_ms: "n?" };
const ACK: Shape = { id: "s", seq: "n" };

const PUBLIC_KINDS: Record<string, Shape> = {
  message: { text: "s" },
  move: { owner: "s", reason: "s?" },
  notice: { code: "s", text: "s?" },
  read: { upto: "n" },
  rating: { score: "n", text: "s?" },
};

const AGENT_KINDS: Record<string, Shape> = {
  ...PUBLIC_KINDS,
  note: { text: "s" },
  decision: { text: "s?" },
};

const VISITOR: Record<string, Shape> = {
  welcome: {
    session: "s",
    token: "s",
    seq: "n",
    owner: "s",
    policy: "n",
    limits: LIMITS,
    reset: "b",
    site: { id: "s", name: "s", phone: "s?", hours: "s?" },
  },
  event: EVENT,
  ack: ACK,
  queue: { position: "n", eta: "e", open: "b", hours: "s?" },
  typing: { from: "s" },
  error: ERROR,
  bye: BYE,
  pong: {},
};

const SEAT: Shape = { status: "s", capacity: "n", load: "n" };
const SESSION: Shape = { session: "s", seq: "n", owner: "s", wait_ms: "n" };
const OFFER: Shape = { offer: "s", session: "s", queue: "s", wait_ms: "n", left_ms: "n" };

const AGENT: Record<string, Shape> = {
  snapshot: {
    agent: { id: "s", name: "s", role: "s", site: "s" },
    seat: SEAT,
    sessions: "a",
    offers: "a",
    queues: "a",
    limits: LIMITS,
  },
  offer: OFFER,
  offer_gone: { offer: "s", code: "s" },
  session: SESSION,
  event: { ...EVENT, session: "s", agent: "s?", intent: "s?", confidence: "n?", unsure: "b?" },
  queues: { queues: "a" },
  seat: { seat: SEAT },
  typing: { session: "s", from: "s" },
  ack: { ...ACK, session: "s" },
  error: ERROR,
  bye: BYE,
  pong: {},
};

/** Reads a frame of the visitor's socket; null when it is not one. */
export function parseVisitor(data: unknown): VisitorIn | null {
  return parse(data, VISITOR, PUBLIC_KINDS) as VisitorIn | null;
}

/** Reads a frame of the agent's socket; null when it is not one. */
export function parseAgent(data: unknown): AgentIn | null {
  return parse(data, AGENT, AGENT_KINDS) as AgentIn | null;
}

function parse(data: unknown, frames: Record<string, Shape>, kinds: Record<string, Shape>) {
  const frame = decode(data);
  if (!frame) return null;
  const shape = own(frames, frame.t);
  if (!shape || !fits(frame, shape)) return null;
  if (frame.t !== "event") return frame;
  const body = own(kinds, frame.kind);
  if (!body) return { ...frame, kind: "other" };
  return fits(frame, body) ? frame : null;
}

function decode(data: unknown): Json | null {
  if (typeof data !== "string") return null;
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function own(table: Record<string, Shape>, name: unknown): Shape | undefined {
  return typeof name === "string" && Object.hasOwn(table, name) ? table[name] : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fits(value: Json, shape: Shape): boolean {
  return Object.entries(shape).every(([name, field]) => {
    if (field === "a" && value[name] === null) value[name] = [];
    return fieldFits(value[name], field);
  });
}

function fieldFits(value: unknown, field: Field): boolean {
  if (typeof field === "object") return isObject(value) && fits(value, field);
  if (field === "a") return Array.isArray(value);
  if (field === "e") return value === null || isPair(value);
  if (field.endsWith("?") && (value === undefined || value === null)) return true;
  return typeof value === NAMES[field.charAt(0)];
}

const NAMES: Record<string, string> = { s: "string", n: "number", b: "boolean" };

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((n) => typeof n === "number");
}

// From what the network said to a typed frame, or to null: a malformed frame is never an exception
// and never a half-read value. Unknown fields are ignored, as the protocol asks.

import type { AgentIn, History, VisitorIn } from "./wire";

// What a frame must have, field by field. A bare name is a string; # is a number, ! a boolean,
// * an array (null, which is how Go writes an empty one, becomes []), % a pair of numbers or null.
// A question mark allows it to be missing. A dot looks inside.
type Shapes = Readonly<Record<string, string>>;
type Json = Record<string, unknown>;

const EVENT = "seq# at kind from id ai!? name?";

const SHARED: Shapes = {
  ack: "id seq#",
  error: "code message id? retry_ms#? site.phone? site.hours?",
  bye: "code retry_ms#?",
  pong: "",
};

const LIMITS = "limits.frame# limits.text# limits.ping_ms#";

const VISITOR: Shapes = {
  ...SHARED,
  welcome: `session token seq# owner reset! ${LIMITS} site.name site.phone? site.hours?`,
  event: EVENT,
  queue: "position# eta% open! hours?",
  idle: "warn! left_ms#?",
  typing: "from",
  delta: "stream at# text",
};

const VISITOR_KINDS: Shapes = {
  message: "text",
  move: "owner reason?",
  notice: "code text?",
  read: "upto#",
  rating: "score#",
  callback: "",
  decision: "action? text? offer?",
  answer: "offer yes!",
};

const AGENT: Shapes = {
  ...SHARED,
  ack: "session id seq#",
  snapshot: `agent.id agent.name agent.role agent.site seat.status seat.capacity# seat.load# sessions* offers* queues* ${LIMITS}`,
  offer: "offer session queue wait_ms# left_ms#",
  offer_gone: "offer code",
  session: "session seq# owner wait_ms#",
  event: `session ${EVENT} agent? intent? confidence#? unsure!?`,
  queues: "queues*",
  seat: "seat.status seat.capacity# seat.load#",
  seats: "seats* queues*",
  callbacks: "callbacks*",
  consult: "session from",
  typing: "session from",
};

const AGENT_KINDS: Shapes = { ...VISITOR_KINDS, note: "text" };

/** Reads a frame of the visitor's socket; null when it is not one. */
export function parseVisitor(data: unknown): VisitorIn | null {
  return parse(data, VISITOR, VISITOR_KINDS) as VisitorIn | null;
}

/** Reads a page of older events; null when it is not one, or any of its events is not. */
export function parseHistory(data: unknown): History | null {
  const page = parse(data, { history: "before# events* more! next#?" }, {});
  const events = page && (page.events as unknown[]).map((e) => parseVisitor(JSON.stringify(e)));
  return events?.every((e) => e?.t === "event")
    ? ({ ...page, events } as unknown as History)
    : null;
}

/** Reads a frame of the agent's socket; null when it is not one. */
export function parseAgent(data: unknown): AgentIn | null {
  return parse(data, AGENT, AGENT_KINDS) as AgentIn | null;
}

function parse(data: unknown, frames: Shapes, kinds: Shapes): Json | null {
  const frame = decode(data);
  if (!frame || !fits(frame, own(frames, frame.t))) return null;
  if (frame.t !== "event") return frame;
  const body = own(kinds, frame.kind);
  if (body === undefined) return { ...frame, kind: "other" };
  return fits(frame, body) ? frame : null;
}

function decode(data: unknown): Json | null {
  try {
    const value: unknown = JSON.parse(data as string);
    return typeof data === "string" && isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function own(shapes: Shapes, name: unknown): string | undefined {
  return Object.hasOwn(shapes, String(name)) ? shapes[String(name)] : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

function fits(frame: Json, shape: string | undefined): boolean {
  return shape?.split(" ").every((field) => fieldFits(frame, field)) ?? false;
}

function fieldFits(frame: Json, field: string): boolean {
  const [, path = "", type = "", optional] = /^([\w.]*)([#!*%]?)(\??)$/.exec(field) ?? [];
  if (path === "") return true;
  if (type === "*") frame[path] ??= [];
  const value = path
    .split(".")
    .reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), frame);
  if (type === "*") return Array.isArray(value);
  if (type === "%") return value === null || (Array.isArray(value) && value.every(isNumber));
  if (optional && (value ?? null) === null) return true;
  return type === "#" ? isNumber(value) : typeof value === (type ? "boolean" : "string");
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

// What a visitor sees, as a pure function of the frames that arrived. The log is kept in seq order
// without doubles; own messages that are not in it yet stand beside it under their own ids.

import type {
  Delta,
  ErrorFrame,
  Limits,
  Owner,
  Queue,
  Role,
  Site,
  VisitorEvent,
  VisitorIn,
  Welcome,
} from "./wire";

/** An own message that the log does not show yet. */
export interface Pending {
  id: string;
  text: string;
  /** When it was written, ms since 1970 by this device. */
  at: number;
  /** unsent: to be sent again until answered. stored: acknowledged. refused: the server said no. */
  state: "unsent" | "stored" | "refused";
  /** Why it was refused, in the visitor's language. */
  problem?: string;
}

/** Own messages of a log that turned out to be another one; see welcome.reset. */
interface Rebuild {
  upto: number;
  own: readonly (Pending & { seq: number })[];
}

/** A question of the router, with the sentence that asks it. */
export interface Offered {
  id: string;
  text: string;
}

/** An answer that a machine is still making. It is shown, and it is no part of the log. */
export interface Stream {
  id: string;
  text: string;
}

export interface VisitorState {
  session: string;
  token: string;
  /** The position: seq and id of the last event held. */
  seq: number;
  tail: string;
  /** The seq the last welcome spoke of: moves up to it are history, not news. */
  history: number;
  owner: Owner;
  events: readonly VisitorEvent[];
  pending: readonly Pending[];
  queue: Queue | null;
  /** The person who answers, or who answered last. */
  agent: string;
  /** Somebody writes, until this moment. */
  typingUntil: number;
  /** The last seq that each role has read. */
  read: Readonly<Partial<Record<Role, number>>>;
  rated: number;
  /** An error that belongs to no message. */
  problem: ErrorFrame | null;
  limits: Limits | null;
  site: Site | null;
  rebuild: Rebuild | null;
  /** The question whether a person should take over, while it stands. */
  offer: Offered | null;
  /** The router thinks that larger text and more time would help. */
  assist: boolean;
  /** When the conversation ends for silence, ms since 1970, once that was warned of; else 0. */
  endsAt: number;
  stream: Stream | null;
}

/** Nothing has arrived yet. */
export const EMPTY: VisitorState = {
  session: "",
  token: "",
  seq: 0,
  tail: "",
  history: 0,
  owner: "bot",
  events: [],
  pending: [],
  queue: null,
  agent: "",
  typingUntil: 0,
  read: {},
  rated: 0,
  problem: null,
  limits: null,
  site: null,
  rebuild: null,
  offer: null,
  assist: false,
  endsAt: 0,
  stream: null,
};

const TYPING_MS = 6_000;

/** The state after a frame; now is ms since 1970. */
export function reduce(state: VisitorState, frame: VisitorIn, now: number): VisitorState {
  switch (frame.t) {
    case "welcome":
      return welcomed(state, frame);
    case "event":
      return rebuilt(added(state, frame), frame.seq);
    case "ack":
      return { ...state, pending: marked(state.pending, frame.id, { state: "stored" }) };
    case "queue":
      return { ...state, queue: frame, problem: null };
    case "typing":
      return { ...state, typingUntil: now + TYPING_MS };
    case "delta":
      return { ...state, stream: grown(state.stream, frame) };
    case "error":
      return failed(state, frame);
    case "pong":
      return rebuilt(state, Number.POSITIVE_INFINITY);
    case "idle":
      return { ...state, endsAt: frame.warn ? now + (frame.left_ms ?? 0) : 0 };
    case "bye":
      return state;
  }
}

/** Writes a message: it is shown at once and is unsent until the server says otherwise. */
export function say(state: VisitorState, message: Omit<Pending, "state">): VisitorState {
  if (state.pending.some((own) => own.id === message.id)) return state;
  return {
    ...state,
    problem: null,
    stream: null,
    pending: [...state.pending, { ...message, state: "unsent" }],
  };
}

/** Takes back a message that was refused. */
export function withdraw(state: VisitorState, id: string): VisitorState {
  return { ...state, pending: state.pending.filter((own) => own.id !== id) };
}

/** Hides the error that belongs to no message. */
export function dismissed(state: VisitorState): VisitorState {
  return { ...state, problem: null };
}

/**
 * Forgets a session that can no longer be opened. What was not stored stays to be sent; so does, for
 * a person who was asked for, everything the visitor said, because nobody should have to repeat it.
 */
export function forgotten(state: VisitorState, forPerson: boolean): VisitorState {
  const own = forPerson ? state.events.flatMap(ownMessage) : [];
  return { ...EMPTY, pending: [...own, ...again(state.pending)], site: state.site };
}

/** The own messages that have to be sent. While a log is being rebuilt nobody knows yet. */
export function unsent(state: VisitorState): readonly Pending[] {
  return state.rebuild ? [] : state.pending.filter((own) => own.state === "unsent");
}

/** An error that asks to come back later, so that the frame is not lost. */
export function isPassing(frame: ErrorFrame): boolean {
  return (
    frame.retry_ms !== undefined ||
    ["slow_down", "unavailable", "internal", "hello_first"].includes(frame.code)
  );
}

function welcomed(state: VisitorState, frame: Welcome): VisitorState {
  const other = state.session !== "" && state.session !== frame.session;
  const base = frame.reset || other ? emptied(state, frame, other) : state;
  return {
    ...base,
    session: frame.session,
    token: frame.token,
    history: frame.seq,
    owner: frame.owner,
    queue: frame.owner === "waiting" ? base.queue : null,
    limits: frame.limits,
    site: frame.site,
    problem: null,
    stream: null,
  };
}

/** Drops what is shown. Of the same session, own messages are remembered until the log is back. */
function emptied(state: VisitorState, frame: Welcome, other: boolean): VisitorState {
  const own = other ? [] : state.events.flatMap(ownMessage);
  const rebuild = { upto: frame.seq, own };
  const empty = { ...EMPTY, pending: again(state.pending), rebuild: other ? null : rebuild };
  return frame.seq === 0 ? rebuilt(empty, 0) : empty;
}

/** An acknowledgement holds for the log that gave it; in another one the message is not stored. */
function again(pending: readonly Pending[]): readonly Pending[] {
  return pending.map((own) => (own.state === "stored" ? { ...own, state: "unsent" } : own));
}

function ownMessage(event: VisitorEvent): (Pending & { seq: number })[] {
  if (event.kind !== "message" || event.from !== "visitor") return [];
  const { id, text, seq } = event;
  return [{ id, text, seq, at: Date.parse(event.at), state: "unsent" }];
}

/**
 * Once the log is back up to the welcome's seq, own messages missing in it become unsent again.
 * Older ones than the first event that came are beyond the window, not missing.
 */
function rebuilt(state: VisitorState, seq: number): VisitorState {
  const { rebuild } = state;
  if (!rebuild || seq < rebuild.upto) return state;
  const held = new Set([...state.events, ...state.pending].map(({ id }) => id));
  const first = state.events[0]?.seq ?? 0;
  const missing = rebuild.own
    .filter((own) => own.seq >= first && !held.has(own.id))
    .map(({ seq: _, ...own }): Pending => own);
  return { ...state, rebuild: null, pending: [...missing, ...state.pending] };
}

function added(state: VisitorState, event: VisitorEvent): VisitorState {
  const events = inserted(state.events, event);
  if (!events) return state;
  const newest = event.seq > state.seq;
  const next = {
    ...state,
    events,
    seq: newest ? event.seq : state.seq,
    tail: newest ? event.id : state.tail,
    stream: /message|move/.test(event.kind) ? null : state.stream,
    pending: state.pending.filter((own) => own.id !== event.id || event.from !== "visitor"),
  };
  return applied(next, event);
}

/** The events with one more in its place; null when it is held already. */
function inserted(
  events: readonly VisitorEvent[],
  event: VisitorEvent,
): readonly VisitorEvent[] | null {
  let at = events.length;
  while (at > 0 && (events[at - 1]?.seq ?? 0) > event.seq) at -= 1;
  if (events[at - 1]?.seq === event.seq) return null;
  return [...events.slice(0, at), event, ...events.slice(at)];
}

function applied(state: VisitorState, event: VisitorEvent): VisitorState {
  switch (event.kind) {
    case "message":
      if (event.from !== "agent") return state;
      return { ...state, agent: event.name ?? state.agent, typingUntil: 0 };
    case "move":
      return moved(state, event);
    case "read":
      return { ...state, read: { ...state.read, [event.from]: event.upto } };
    case "rating":
      return { ...state, rated: event.score };
    case "decision":
      return decided(state, event);
    case "answer":
      return state.offer?.id === event.offer ? { ...state, offer: null } : state;
    default:
      return state;
  }
}

/** A question stands until it is answered or somebody else answers the visitor; the newest counts. */
function decided(state: VisitorState, event: VisitorEvent & { kind: "decision" }): VisitorState {
  const { action, offer, text = "" } = event;
  if (action === "assist") return { ...state, assist: true };
  return offer && state.owner === "bot" ? { ...state, offer: { id: offer, text } } : state;
}

function moved(state: VisitorState, event: VisitorEvent & { kind: "move" }): VisitorState {
  const agent = event.owner === "human" ? (event.name ?? "") : state.agent;
  if (event.seq <= state.history) return { ...state, agent, offer: null };
  return {
    ...state,
    agent,
    offer: null,
    owner: event.owner,
    queue: event.owner === "waiting" ? state.queue : null,
    typingUntil: 0,
    endsAt: 0,
  };
}

/** What is held, with a part put where it belongs; a part that belongs further on waits for nothing. */
function grown(held: Stream | null, { stream: id, at, text }: Delta): Stream | null {
  const before = held?.id === id ? held.text : "";
  return at > before.length ? held : { id, text: before.slice(0, at) + text };
}

function failed(state: VisitorState, frame: ErrorFrame): VisitorState {
  if (isPassing(frame) && frame.id !== undefined) return state;
  const own = state.pending.find((message) => message.id === frame.id);
  if (!own) return { ...state, problem: frame };
  const change = { state: "refused", problem: frame.message } as const;
  return { ...state, pending: marked(state.pending, own.id, change) };
}

function marked(
  pending: readonly Pending[],
  id: string,
  change: Partial<Pending>,
): readonly Pending[] {
  return pending.map((own) => (own.id === id ? { ...own, ...change } : own));
}

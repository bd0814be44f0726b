import type { AgentEvent, AgentMessage, SessionHead } from "../../shared/wire";
import type { Chat, OwnText } from "./state";

/** How long one "typing" frame holds. */
const TYPING_MS = 5000;

/** Starts a chat from its head, or gives the head to one that is held already. */
export function withHead(
  held: Chat | undefined,
  { reset, ...head }: SessionHead,
  now: number,
  me = "",
): Chat {
  const last = held?.events.at(-1)?.seq ?? 0;
  // A shorter log than the one held is another log (a failover): what follows replaces it.
  if (!held || reset || head.seq < last) {
    const empty: Chat = { head, headAt: now, events: [], seen: 0, typingUntil: 0 };
    const own = held?.events.flatMap((event) => ownText(event, me)) ?? [];
    return own.length > 0 ? { ...empty, rebuild: { upto: head.seq, own } } : empty;
  }
  return { ...held, head, headAt: now };
}

/** What this agent wrote, as it was sent. */
function ownText(event: AgentEvent, me: string): OwnText[] {
  if (event.from !== "agent" || event.agent !== me) return [];
  if (event.kind !== "message" && event.kind !== "note") return [];
  const { kind, session, id, text, seq } = event;
  const t = event.kind === "note" && event.code === "whisper" ? "whisper" : kind;
  return [{ seq, frame: { t, session, id, text } }];
}

/** Once the log is back: what this agent wrote that it lacks, within the window that came. */
export function missing(chat: Chat): readonly AgentMessage[] | null {
  const last = chat.events.at(-1)?.seq ?? 0;
  if (!chat.rebuild || last < chat.rebuild.upto) return null;
  const there = new Set(chat.events.map(({ id }) => id));
  const first = chat.events[0]?.seq ?? 0;
  const lost = chat.rebuild.own.filter(({ seq, frame }) => seq >= first && !there.has(frame.id));
  return lost.map(({ frame }) => frame);
}

/** Puts one event of the log into its chat, once. */
export function withEvent(chat: Chat, event: AgentEvent, now: number): Chat {
  const events = insert(chat.events, event);
  if (events === chat.events) return chat;
  const next: Chat = { ...chat, events, seen: Math.max(chat.seen, seenBy(event)) };
  if (event.from === "visitor" && event.kind === "message") next.typingUntil = 0;
  if (event.kind === "callback") return withCall(next, event);
  return event.kind === "move" ? withMove(next, event, now) : next;
}

/** Notes that the visitor is typing. */
export function withTyping(chat: Chat, now: number): Chat {
  return { ...chat, typingUntil: now + TYPING_MS };
}

function insert(events: readonly AgentEvent[], event: AgentEvent): readonly AgentEvent[] {
  const last = events.at(-1);
  if (!last || last.seq < event.seq) return [...events, event];
  const at = events.findIndex((other) => other.seq >= event.seq);
  const there = events[at];
  if (there?.seq !== event.seq) return events.toSpliced(at, 0, event);
  return there.id === event.id ? events : events.with(at, event);
}

/** What an agent wrote or read shows how far agents have seen the chat. */
function seenBy(event: AgentEvent): number {
  if (event.from !== "agent") return 0;
  return event.kind === "read" ? event.upto : event.seq;
}

/** The head already tells what the moves up to it have led to; only later ones change it. */
function withMove(chat: Chat, move: AgentEvent & { kind: "move" }, now: number): Chat {
  const next = { ...chat, ...answererOf(move) };
  if (move.seq <= chat.head.seq) return next;
  const head = { ...chat.head, owner: move.owner };
  if (move.owner === "waiting" && move.reason) head.reason = move.reason;
  if (move.owner === "waiting" && move.queue) head.queue = move.queue;
  if (move.owner === "bot" || move.owner === "closed") delete head.call;
  if (chat.head.owner === "waiting") head.wait_ms += now - chat.headAt;
  return { ...next, head, headAt: now };
}

function answererOf({ owner, agent, name }: AgentEvent & { kind: "move" }): Partial<Chat> {
  if (owner !== "human" || !agent) return {};
  return name ? { agent, agentName: name } : { agent };
}

function withCall(chat: Chat, event: AgentEvent & { kind: "callback" }): Chat {
  if (event.seq <= chat.head.seq) return chat;
  const { call: _, ...head } = chat.head;
  const { reason, phone, when } = event;
  if (reason === "cancelled") return { ...chat, head };
  const call = { reason, ...(phone ? { phone } : {}), ...(when ? { when } : {}) };
  return { ...chat, head: { ...head, call } };
}

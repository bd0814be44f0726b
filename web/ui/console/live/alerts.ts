import type { AgentEvent, Consult } from "../../shared/wire";
import { isMine } from "./select";
import type { Chat, Desk, Offered } from "./state";

/** What the agent should hear about after a change. */
export interface News {
  offers: Offered[];
  messages: { chat: Chat; event: AgentEvent & { kind: "message" } }[];
  /** What colleagues ask for help with. */
  consults: readonly Consult[];
  /** What colleagues wrote into one's own chats, a lead's whisper among it. */
  notes: { chat: Chat; event: AgentEvent & { kind: "note" } }[];
  online: boolean;
}

/**
 * Compares two desks. Only what arrives live is news: a snapshot and the events that fill a chat up
 * to its head are history.
 */
export function newsOf(before: Desk, after: Desk): News {
  const known = new Set(before.offers.map((offer) => offer.offer));
  return {
    offers: after.offers.filter((offer) => !known.has(offer.offer)),
    messages: freshIn(before, after).filter(isVisitors),
    consults: after.consults.filter((consult) => !before.consults.includes(consult)),
    notes: freshIn(before, after).filter(isForMe(after.agent?.id)),
    online: after.link === "online" && before.link !== "online" && before.agent !== null,
  };
}

type Fresh = { chat: Chat; event: AgentEvent };

function freshIn(before: Desk, after: Desk): Fresh[] {
  return Object.values(after.chats).flatMap((chat) => {
    const held = before.chats[chat.head.session];
    if (!held || held.stale || held.events === chat.events) return [];
    const from = Math.max(held.events.at(-1)?.seq ?? 0, chat.head.seq);
    return chat.events.filter(({ seq }) => seq > from).map((event) => ({ chat, event }));
  });
}

function isVisitors(fresh: Fresh): fresh is News["messages"][number] {
  return fresh.event.kind === "message" && fresh.event.from === "visitor";
}

function isForMe(me: string | undefined) {
  return (fresh: Fresh): fresh is News["notes"][number] =>
    fresh.event.kind === "note" && fresh.event.agent !== me && isMine(fresh.chat, me);
}

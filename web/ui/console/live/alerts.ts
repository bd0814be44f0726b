import type { AgentEvent } from "../../shared/wire";
import type { Chat, Desk, Offered } from "./state";

/** What the agent should hear about after a change. */
export interface News {
  offers: Offered[];
  messages: { chat: Chat; event: AgentEvent & { kind: "message" } }[];
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
    messages: Object.values(after.chats).flatMap((chat) => freshIn(before, chat)),
    online: after.link === "online" && before.link !== "online" && before.agent !== null,
  };
}

function freshIn(before: Desk, chat: Chat): News["messages"] {
  const held = before.chats[chat.head.session];
  if (!held || held.events === chat.events) return [];
  const from = Math.max(held.events.at(-1)?.seq ?? 0, chat.head.seq);
  return chat.events.flatMap((event) =>
    event.seq > from && event.kind === "message" && event.from === "visitor"
      ? [{ chat, event }]
      : [],
  );
}

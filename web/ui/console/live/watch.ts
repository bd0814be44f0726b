import type { AgentEvent, Colleague, SessionHead } from "../../shared/wire";
import type { Chat, Desk } from "./state";

/** Who answers a chat that is somebody else's, until its moves have said who. */
const SOMEBODY = "";

/**
 * What stays on the page when the server starts anew: the chats of others that are being read, until
 * they come again, and those that hold a text nobody has received.
 */
export function keptChats(desk: Desk): Record<string, Chat> {
  const chats: Record<string, Chat> = {};
  for (const session of Object.keys(desk.watched)) {
    const chat = desk.chats[session];
    if (chat) chats[session] = { ...chat, stale: true };
  }
  for (const { frame: text } of desk.unsent) {
    // A chat that went to somebody else stays as long as it holds such a text.
    const chat = desk.chats[text.session];
    if (!chat || chats[text.session]) continue;
    chats[text.session] = { ...chat, head: { ...chat.head, owner: "waiting" } };
  }
  return chats;
}

/** A chat that is read as a colleague's is not one's own, whoever turns out to answer it. */
export function asWatched(desk: Desk, chat: Chat): Chat {
  return desk.watched[chat.head.session] && chat.agent === undefined
    ? { ...chat, agent: SOMEBODY }
    : chat;
}

/** What is watched after a move: who helped is out, and what is one's own is not watched. */
export function stillWatched(desk: Desk, move: AgentEvent & { kind: "move" }): Desk["watched"] {
  const as = desk.watched[move.session];
  const isPast = move.seq <= (desk.chats[move.session]?.head.seq ?? 0);
  const isMine = move.owner === "human" && move.agent === desk.agent?.id;
  if (!as || isPast || (as === "lead" && !isMine)) return desk.watched;
  const { [move.session]: _, ...watched } = desk.watched;
  return watched;
}

/** What is watched after a snapshot: what it gives to this agent is not. */
export function watchedBeside(desk: Desk, mine: readonly SessionHead[]): Desk["watched"] {
  const own = new Set(mine.map(({ session }) => session));
  return Object.fromEntries(Object.entries(desk.watched).filter(([id]) => !own.has(id)));
}

/** The names of colleagues, with what an event tells. */
export function namesWith(people: Desk["people"], event: AgentEvent): Desk["people"] {
  const name = event.from === "agent" && "name" in event ? event.name : undefined;
  if (!event.agent || !name || people[event.agent] === name) return people;
  return { ...people, [event.agent]: name };
}

/** The names of colleagues, with those who are there. */
export function namesOf(people: Desk["people"], seats: readonly Colleague[]): Desk["people"] {
  return { ...people, ...Object.fromEntries(seats.map(({ agent, name }) => [agent, name])) };
}

import type { AgentEvent } from "../../shared/wire";
import type { Chat, Desk, Unsent } from "./state";

/** Reports whether this agent answers the chat now. */
export function isMine(chat: Chat, me: string | undefined): boolean {
  return chat.head.owner === "human" && (chat.agent === undefined || chat.agent === me);
}

/** The chats this agent answers, in the order they came. */
export function myChats(desk: Desk): Chat[] {
  return Object.values(desk.chats).filter((chat) => isMine(chat, desk.agent?.id));
}

/** The chats of others that this agent reads while they go on. */
export function watchedChats(desk: Desk): Chat[] {
  return Object.values(desk.chats).filter((chat) => isWatched(desk, chat));
}

/** The chats that ended or went to somebody else and are still shown, newest first. */
export function leftChats(desk: Desk): Chat[] {
  const left = Object.values(desk.chats).filter(
    (chat) => !isMine(chat, desk.agent?.id) && !isWatched(desk, chat),
  );
  return left.reverse();
}

function isWatched(desk: Desk, chat: Chat): boolean {
  return (
    desk.watched[chat.head.session] !== undefined &&
    chat.head.owner !== "closed" &&
    !isMine(chat, desk.agent?.id)
  );
}

/** How many of the visitor's messages this agent has not seen. */
export function unreadOf(chat: Chat): number {
  let count = 0;
  for (let i = chat.events.length - 1; i >= 0; i--) {
    const event = chat.events[i];
    if (!event || event.seq <= chat.seen) break;
    if (event.kind === "message" && event.from === "visitor") count++;
  }
  return count;
}

/** What waits for this agent: offers, and chats with something unread. For the tab's title. */
export function attention(desk: Desk): number {
  return (
    desk.offers.length +
    desk.consults.length +
    myChats(desk).filter((chat) => unreadOf(chat) > 0).length
  );
}

/** The last message or note of a chat. */
export function lastText(chat: Chat): (AgentEvent & { text: string }) | undefined {
  return chat.events.findLast(isText);
}

/** The seq up to which the visitor has read. */
export function readByVisitor(chat: Chat): number {
  const read = chat.events.findLast((event) => event.kind === "read" && event.from === "visitor");
  return read?.kind === "read" ? read.upto : 0;
}

/** This agent's texts for a chat that are not in its log yet. */
export function unsentOf(unsent: readonly Unsent[], session: string): Unsent[] {
  return unsent.filter((text) => text.frame.session === session);
}

/** How long the visitor has waited in line: until now, or until somebody took the chat. */
export function waitOf(chat: Chat, now: number): number {
  if (chat.head.owner === "waiting") return chat.head.wait_ms + now - chat.headAt;
  return waitInLog(chat.events) ?? chat.head.wait_ms;
}

/** The time in line as the log has it, lost agents included; a new visit begins at nothing. */
function waitInLog(events: readonly AgentEvent[]): number | undefined {
  let waited: number | undefined;
  let since: string | undefined;
  let before = "bot";
  for (const event of events) {
    if (event.kind !== "move") continue;
    if (event.owner === "waiting") {
      if (before !== "human") waited = undefined;
      since = event.at;
    } else if (event.owner === "human" && since) {
      waited = (waited ?? 0) + Date.parse(event.at) - Date.parse(since);
      since = undefined;
    }
    before = event.owner;
  }
  return waited;
}

/** How many answers the bot gave, its greeting apart, and how many of them it was unsure of. */
export function botTurns(chat: Chat): { all: number; unsure: number } {
  const asked = chat.events.find((event) => isMessage(event) && event.from === "visitor");
  const turns = chat.events.filter(
    (event) =>
      isMessage(event) &&
      event.from === "bot" &&
      event.seq > (asked?.seq ?? Number.POSITIVE_INFINITY),
  );
  return { all: turns.length, unsure: turns.filter((event) => event.unsure).length };
}

/** The visitor's latest rating. */
export function ratingOf(chat: Chat): number | undefined {
  const rating = chat.events.findLast((event) => event.kind === "rating");
  return rating?.kind === "rating" ? rating.score : undefined;
}

/**
 * The problem in the visitor's own words: the longest message of this visit before the handoff.
 * People explain at more length than they ask for a person. A visit without words goes on with the
 * problem of the one before.
 */
export function problemOf(chat: Chat): string {
  let problem = "";
  let visit = "";
  let handedOff = false;
  for (const event of chat.events) {
    if (event.kind === "move" && event.owner === "waiting") handedOff = true;
    if (event.kind === "move" && event.owner === "closed") {
      problem = visit || problem;
      visit = "";
      handedOff = false;
    }
    if (handedOff || !isMessage(event) || event.from !== "visitor") continue;
    const text = event.text.trim();
    if (text.length >= visit.length) visit = text;
  }
  return visit || problem;
}

/** A short name for somebody who has none: the end of the session's id. */
export function visitorTag(session: string): string {
  return session
    .replace(/[^0-9a-z]/gi, "")
    .slice(-4)
    .toUpperCase();
}

function isMessage(event: AgentEvent): event is AgentEvent & { kind: "message" } {
  return event.kind === "message";
}

function isText(event: AgentEvent): event is AgentEvent & { text: string } {
  return event.kind === "message" || event.kind === "note";
}

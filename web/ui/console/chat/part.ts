import { isMine } from "../live/select";
import type { Chat, Desk } from "../live/state";

/** What this agent is to a chat: its own, read as a lead, read because a colleague asked, or past. */
export type Part = "mine" | "lead" | "guest" | "none";

/** The part this agent has in a chat now. */
export function partIn(desk: Desk, chat: Chat): Part {
  if (isMine(chat, desk.agent?.id)) return "mine";
  return desk.watched[chat.head.session] ?? "none";
}

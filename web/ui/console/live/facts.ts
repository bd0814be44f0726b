import type { AgentEvent } from "../../shared/wire";
import type { Chat } from "./state";

/** The lead who writes beside the agent now: whoever joined and neither left nor saw a move. */
export function joinedOf(chat: Chat): { agent: string; name: string } | undefined {
  for (const event of chat.events.toReversed()) {
    if (event.kind === "move") return undefined;
    if (event.kind !== "notice") continue;
    if (event.code === "supervisor_left") return undefined;
    if (event.code === "supervisor_joined" && event.agent) {
      return { agent: event.agent, name: event.name ?? "" };
    }
  }
  return undefined;
}

/** How much more time the visitor needs, 1 or 2; 0 is no more than others. Nobody is told why. */
export function moreTimeOf(chat: Chat): 0 | 1 | 2 {
  const told = chat.events.findLast((event) => event.kind === "decision" && bin(event) > 0);
  const value = told ? bin(told) : 0;
  if (value >= 2) return 2;
  return value === 1 || chat.head.reason === "needs_more_time" ? 1 : 0;
}

/** The signal's value in the record of a decision, whose other contents are nobody's business here. */
function bin(event: AgentEvent): number {
  const { signals } = asObject(event.decision);
  if (!Array.isArray(signals)) return 0;
  const read = signals.map(asObject).find(({ name }) => name === "needs_more_time");
  return typeof read?.value === "number" ? read.value : 0;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** What a colleague is asked, the last time it was this agent. */
export function questionFor(
  chat: Chat,
  me: string | undefined,
): (AgentEvent & { kind: "note" }) | undefined {
  const asked = chat.events.findLast((event) => event.kind === "note" && event.to === me);
  return asked?.kind === "note" ? asked : undefined;
}

/** Reports whether somebody with this role may watch, whisper, join and take over. */
export function maySupervise(role: string | undefined): boolean {
  return role === "lead" || role === "admin";
}

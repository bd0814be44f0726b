import type { AgentEvent } from "../../shared/wire";

const WEARING_MS = 60_000;
const WORN_MS = 180_000;

/** Since when the visitor's words to a person go unanswered; undefined if they do not. */
export function sinceReply(events: readonly AgentEvent[]): string | undefined {
  let since: string | undefined;
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i];
    if (event?.kind === "move" && event.owner === "human") return since ?? event.at;
    if (event?.kind !== "message") continue;
    if (event.from !== "visitor") return since;
    since = event.at;
  }
  return since;
}

/** How urgent a wait is. The list says it in words as well: it shows the time. */
export function patienceOf(since: string, now: number): "fresh" | "wearing" | "worn" {
  const waited = now - Date.parse(since);
  if (waited >= WORN_MS) return "worn";
  return waited >= WEARING_MS ? "wearing" : "fresh";
}

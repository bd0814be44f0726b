import type { AgentEvent } from "../../shared/wire";

/** One row of a conversation. */
export type Row =
  | { row: "day"; key: string; at: string }
  | { row: "text"; key: string; event: TextEvent; first: boolean }
  | { row: "line"; key: string; event: LineEvent };

/** An event somebody wrote. */
export type TextEvent = AgentEvent & { kind: "message" | "note" };

/** An event that is told in one thin line. */
export type LineEvent = AgentEvent & {
  kind: "move" | "notice" | "rating" | "callback" | "decision" | "answer";
};

/** Texts of one author closer than this stand together under one name. */
const TOGETHER_MS = 3 * 60_000;

/** The rows of a conversation: days, texts and thin lines, in order. */
export function timeline(events: readonly AgentEvent[]): Row[] {
  const rows: Row[] = [];
  let day = "";
  let before: TextEvent | null = null;
  for (const event of events) {
    if (!isText(event) && !isLine(event)) continue;
    const today = dayOf(event.at);
    if (today !== day) {
      rows.push({ row: "day", key: `day-${today}`, at: event.at });
      day = today;
      before = null;
    }
    const key = `${event.seq}`;
    if (isText(event)) {
      rows.push({ row: "text", key, event, first: !before || !together(before, event) });
      before = event;
    } else {
      rows.push({ row: "line", key, event });
      before = null;
    }
  }
  return rows;
}

function isText(event: AgentEvent): event is TextEvent {
  return event.kind === "message" || event.kind === "note";
}

/** Reading is shown at the texts; a decision without a sentence and unknown kinds are not shown. */
function isLine(event: AgentEvent): event is LineEvent {
  if (event.kind === "decision") return Boolean(event.text);
  return ["move", "notice", "rating", "callback", "answer"].includes(event.kind);
}

function together(a: TextEvent, b: TextEvent): boolean {
  const near = Date.parse(b.at) - Date.parse(a.at) < TOGETHER_MS;
  const alike = a.from === b.from && a.kind === b.kind && a.agent === b.agent;
  return near && alike && aimOf(a) === aimOf(b);
}

/** What a note is for: a whisper and a question carry a heading of their own. */
function aimOf(event: TextEvent): string {
  return event.kind === "note" ? `${event.code ?? ""}/${event.to ?? ""}` : "";
}

function dayOf(at: string): string {
  return new Date(at).toDateString();
}

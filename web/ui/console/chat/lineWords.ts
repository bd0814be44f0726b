import type { Language } from "../i18n/language";
import { wordFor } from "../i18n/language";
import type { Catalog } from "../i18n/zh-CN";
import type { LineEvent } from "../live/timeline";
import { dayAndTime } from "../text/clock";
import { oneLine } from "../text/limit";
import { phoneInWords } from "../text/phone";

/** What the words of a line depend on besides the event. */
export interface Reader {
  t: Catalog;
  lang: Language;
  /** What colleagues are called, by their id. */
  people: Readonly<Record<string, string>>;
  now: number;
}

/** A move, notice, callback, rating or decision in one line. */
export function lineWords(event: LineEvent, reader: Reader): string {
  const { t } = reader;
  switch (event.kind) {
    case "move":
      return moveWords(event, reader);
    case "notice":
      return noticeWords(event, t);
    case "callback":
      return callWords(event, reader);
    case "rating":
      return [t.chat.rated(event.score), oneLine(event.text ?? "")].filter(Boolean).join(" · ");
    case "answer":
      return event.yes ? t.chat.saidYes : t.chat.saidNo;
    case "decision":
      return oneLine(event.text ?? "");
  }
}

function moveWords(move: LineEvent & { kind: "move" }, { t, people }: Reader): string {
  const who = oneLine(move.name ?? "", 40) || t.chat.agent;
  if (move.reason === "taken_over") return t.moves.takenOver(who);
  if (move.reason === "transferred") {
    const queue = move.queue ? wordFor(t.queues, move.queue) : "";
    if (!move.to) return t.moves.toQueue(who, queue);
    return t.moves.toColleague(who, oneLine(people[move.to] ?? "", 40) || t.moves.somebody);
  }
  if (move.reason === "released") return t.moves.released(who);
  // "An agent accepted" adds nothing to "Lin joined".
  const reason = move.reason === "accepted" ? "" : wordFor(t.reasons, move.reason);
  const moved = move.owner === "human" ? t.moves.human(who) : t.moves[move.owner];
  return [moved, reason].filter(Boolean).join(" · ");
}

function noticeWords(notice: LineEvent & { kind: "notice" }, t: Catalog): string {
  const who = oneLine(notice.name ?? "", 40) || t.chat.agent;
  if (notice.code === "supervisor_joined") return t.moves.joined(who);
  if (notice.code === "supervisor_left") return t.moves.left(who);
  return Object.hasOwn(t.notices, notice.code)
    ? wordFor(t.notices, notice.code)
    : oneLine(notice.text || notice.code);
}

function callWords(call: LineEvent & { kind: "callback" }, { t, lang, now }: Reader): string {
  if (call.reason === "missed") return t.call.missed;
  if (call.reason === "cancelled") return t.call.cancelled;
  const when = call.when ? t.call.from(dayAndTime(call.when, now, lang)) : t.call.soon;
  return [t.call.asked, call.phone && phoneInWords(call.phone), when].filter(Boolean).join(" · ");
}

// What stands in the log, as a list of plain values: the view only has to make the page look like it.

import type { Pending, VisitorState } from "../../shared/reduce";
import type { VisitorEvent } from "../../shared/wire";
import type { Lang, T } from "../i18n";

/** What is said below an own bubble. */
export type Mark = "" | "waiting" | "read" | "refused";

export interface Bubble {
  is: "bubble";
  key: string;
  from: "visitor" | "bot" | "agent";
  /** Who speaks, as it is shown above the text. */
  who: string;
  text: string;
  time: string;
  mark: Mark;
  problem: string;
}

/** A sentence about the conversation, or a date. */
export interface Note {
  is: "move" | "day";
  key: string;
  text: string;
}

export type Item = Bubble | Note;

export interface ItemsOptions {
  t: T;
  lang: Lang;
  now: number;
  connected: boolean;
}

/** The log of a state, oldest first. */
export function items(state: VisitorState, o: ItemsOptions): Item[] {
  const out: Item[] = [];
  let day = dayOf(o.now, o);
  for (const event of state.events) {
    const made = fromEvent(event, state, o);
    if (made.length === 0) continue;
    const date = dayOf(Date.parse(event.at), o);
    if (date !== day) out.push({ is: "day", key: `d${event.seq}`, text: date });
    day = date;
    out.push(...made);
  }
  return [...out, ...growing(state, o), ...state.pending.map((own) => fromPending(own, o))];
}

/** The key of a bubble whose text still grows begins with this. */
export const GROWS = "~";

/** An answer on its way, cut as it will be when it is there. */
function growing({ stream }: VisitorState, { t }: ItemsOptions): Bubble[] {
  const texts = stream ? inThrees(stream.text) : [];
  return texts.map((text, nth) => ({
    is: "bubble",
    key: GROWS + nth,
    from: "bot",
    who: t("ai"),
    text,
    time: "",
    mark: "",
    problem: "",
  }));
}

function fromEvent(event: VisitorEvent, state: VisitorState, o: ItemsOptions): Item[] {
  const note = (text: string): Note[] => [{ is: "move", key: `e${event.seq}`, text }];
  switch (event.kind) {
    case "message":
      return spoken(event, state, o);
    case "move":
      return note(moveText(event, o.t));
    case "notice":
      return note(noticeText(event, o.t));
    case "rating":
      return note(o.t("rated"));
    case "decision":
      // An open question stands below the log, with its buttons.
      return event.text && (!event.offer || event.offer !== state.offer?.id)
        ? note(event.text)
        : [];
    default:
      return [];
  }
}

function spoken(
  event: VisitorEvent & { kind: "message" },
  state: VisitorState,
  o: ItemsOptions,
): Item[] {
  const time = clock(Date.parse(event.at), o.lang);
  const { from, seq, text } = event;
  if (from === "system") return [{ is: "move", key: `e${seq}`, text }];
  const mine = from === "visitor";
  const isRead = mine && seq <= (state.read.agent ?? 0) && seq === lastOwn(state);
  const texts = from === "bot" ? inThrees(text) : [text];
  return texts.map((part, nth) => ({
    is: "bubble",
    key: mine ? event.id : `e${seq}${nth ? `.${nth}` : ""}`,
    from,
    who: speaker(event, o.t),
    text: part,
    time,
    mark: isRead ? "read" : "",
    problem: "",
  }));
}

// A sentence with what ends it, and the space behind. The point of "3.5" or of an address ends none.
const THREE = /(?:.+?(?:[。！？]+[”’」』）)]*|[^\d\s][.!?](?=\s)|\n|$)\s*){1,3}/gs;

/** A long answer in pieces of at most three sentences, so that each can be read in one go (W24). */
export function inThrees(text: string): string[] {
  return (text.match(THREE) ?? [text]).map((three) => three.trim());
}

function speaker(event: VisitorEvent & { kind: "message" }, t: T): string {
  if (event.from === "visitor") return t("you");
  if (event.from === "bot" || event.ai) return t("ai");
  return personName(event.name, t);
}

/** What a person at the desk is called; the name may be unknown. */
export function personName(name: string | undefined, t: T): string {
  return t("agent", { name: name ?? "" }).trim();
}

function lastOwn(state: VisitorState): number {
  return state.events.findLast((e) => e.kind === "message" && e.from === "visitor")?.seq ?? 0;
}

/** A message on its way is only remarked on when it takes longer than this. */
const QUICK_MS = 2_000;

function fromPending(own: Pending, o: ItemsOptions): Bubble {
  const isQuick = o.connected && o.now - own.at < QUICK_MS;
  const waiting = own.state === "unsent" && !isQuick ? "waiting" : "";
  return {
    is: "bubble",
    key: own.id,
    from: "visitor",
    who: o.t("you"),
    text: own.text,
    time: clock(own.at, o.lang),
    mark: own.state === "refused" ? "refused" : waiting,
    problem: own.problem ?? "",
  };
}

function moveText(event: VisitorEvent & { kind: "move" }, t: T): string {
  if (event.owner === "bot") return t("moveBot");
  if (event.owner === "closed") return t("moveClosed");
  if (event.owner === "human") return t("moveHuman", { who: personName(event.name, t) });
  // Why somebody is sent on to a person is told by the decision before it.
  return t(/agent_lost|released/.test(event.reason ?? "") ? "moveAgain" : "moveWaiting");
}

function noticeText(event: VisitorEvent & { kind: "notice" }, t: T): string {
  if (event.code === "another_person_asked") return t("anotherAsked");
  return event.text ?? event.code;
}

function clock(at: number, lang: Lang): string {
  return new Date(at).toLocaleTimeString(lang, { timeStyle: "short", hour12: false });
}

function dayOf(at: number, o: ItemsOptions): string {
  return new Date(at).toLocaleDateString(o.lang, { month: "long", day: "numeric" });
}

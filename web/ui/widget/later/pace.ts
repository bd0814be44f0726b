// How a message was written, as three buckets 0–4 and nothing else (S8). What goes in are moments and
// lengths: no key, no text, no position. What comes out travels only with a message that was sent, and
// can only ever help (docs/adr/0015). Measured is the time of writing: a long gap is a pause, not slowness.

import type { Pace } from "../../shared/wire";

/** One change of the text that is being written. */
export interface Stroke {
  /** ms; only differences count. */
  at: number;
  /** How long the text is now. */
  length: number;
  /** An input method is still at it: letters stand there that will become characters. */
  composing?: boolean;
  /** It came from elsewhere: pasted, dropped, dictated or put there by us. */
  foreign?: boolean;
}

/** What is known of the message being written. */
export interface Trace {
  last: Stroke | null;
  /** The length before the composition under way; -1 without one. */
  base: number;
  /** Changes since the last character that stands. */
  strokes: number;
  /** Time of writing since the last character that stands, ms. */
  since: number;
  /** ms a character, one entry for each. */
  each: readonly number[];
  pauses: number;
  /** Time in all, with pauses shortened, ms. */
  spent: number;
  steps: number;
  deletions: number;
}

/** An empty field. */
export const UNTOUCHED: Trace = {
  last: null,
  base: -1,
  strokes: 0,
  since: 0,
  each: [],
  pauses: 0,
  spent: 0,
  steps: 0,
  deletions: 0,
};

/** A gap longer than this is a pause to think or to look, and says nothing about the hands. */
const PAUSE_MS = 5_000;
/** Who goes away in the middle of a word is not struggling with it. */
const LONGEST_GAP_MS = 10_000;
/** More characters than this at once were suggested by the keyboard, not written. */
const BURST = 6;
/** So many characters are remembered, of a message and of a conversation. */
const KEPT = 400;

/** The trace after a stroke. */
export function traced(trace: Trace, stroke: Stroke): Trace {
  const { last } = trace;
  const gap = last ? Math.max(0, stroke.at - last.at) : 0;
  const grown = stroke.length - (last?.length ?? 0);
  const isPause = gap > PAUSE_MS;
  const next: Trace = {
    ...trace,
    last: stroke,
    strokes: trace.strokes + 1,
    since: trace.since + (isPause ? 0 : gap),
    pauses: trace.pauses + (isPause ? 1 : 0),
    spent: trace.spent + Math.min(gap, LONGEST_GAP_MS),
    steps: trace.steps + 1,
  };
  if (stroke.foreign) return settled(next, []);
  if (stroke.composing) return composing(next, last?.length ?? 0, grown);
  const written = trace.base < 0 ? grown : stroke.length - trace.base;
  return committed(next, written, last !== null);
}

/** Letters of an input method: taking some back is a correction, choosing the characters is not. */
function composing(trace: Trace, before: number, grown: number): Trace {
  const base = trace.base < 0 ? before : trace.base;
  return { ...trace, base, deletions: trace.deletions + (grown < 0 ? 1 : 0) };
}

function committed(trace: Trace, written: number, timed: boolean): Trace {
  if (written <= 0) {
    const isDeletion = written < 0 || trace.base >= 0;
    return settled({ ...trace, deletions: trace.deletions + (isDeletion ? 1 : 0) }, []);
  }
  const isBurst = written > BURST && trace.strokes < written;
  // The first character has no time before it: it may have been thought about for long.
  const isTimed = timed && trace.since > 0 && !isBurst;
  return settled(trace, isTimed ? Array(written).fill(trace.since / written) : []);
}

function settled(trace: Trace, more: readonly number[]): Trace {
  return { ...trace, base: -1, strokes: 0, since: 0, each: [...trace.each, ...more].slice(-KEPT) };
}

/** How fast most people write there, characters a minute: below it is slow. */
export interface Ground {
  chinese: boolean;
  /** With fingers on glass. */
  touch: boolean;
}

// From studies of how people of all ages type (docs/adr/0015). The Chinese ones are provisional: they
// rest on one study, of young adults.
function slowBelow({ chinese, touch }: Ground): number {
  if (chinese) return touch ? 18 : 25;
  return touch ? 75 : 100;
}

/** Fewer characters or messages than this say nothing about anybody. */
const ENOUGH_CHARACTERS = 20;
const ENOUGH_MESSAGES = 2;

/** The first bucket: the speed of the middle character of what was written in these messages. */
export function slowness(each: readonly number[], messages: number, ground: Ground): number {
  if (each.length < ENOUGH_CHARACTERS || messages < ENOUGH_MESSAGES) return 0;
  const middle = [...each].sort((a, b) => a - b)[each.length >> 1] ?? 0;
  const share = 60_000 / Math.max(1, middle) / slowBelow(ground);
  return [2, 4 / 3, 1, 2 / 3].filter((limit) => share < limit).length;
}

/** The second: pauses inside the message, and a long time for little text. */
export function pausing({ pauses, spent, last }: Trace): number {
  const short = (last?.length ?? 0) < ENOUGH_CHARACTERS;
  const byTime = [30_000, 60_000, 120_000].filter((limit) => short && spent > limit).length;
  return Math.max([0, 1, 3, 3][pauses] ?? 4, byTime && byTime + 1);
}

/** The third: how much was taken back, of all that was done. */
export function editing({ deletions, steps }: Trace): number {
  if (deletions < 3) return 0;
  const share = deletions / steps;
  return [0.1, 0.2, 0.35, 0.5].filter((limit) => share >= limit).length;
}

/** What of an event of the field is looked at: how the change came, never what it was. */
export type Change = Pick<InputEvent, "type" | "isComposing" | "inputType">;

/** Measures one conversation, while it may. */
export type Meter = ReturnType<typeof paceMeter>;

/** Makes the meter; nothing is measured and nothing is sent while isOff. */
export function paceMeter(ground: Ground, now: () => number, isOff: () => boolean) {
  let trace = UNTOUCHED;
  let each: readonly number[] = [];
  let messages = 0;
  return {
    /** The field has this length now; without a change it was not written by hand. */
    heard(length: number, change?: Change): void {
      if (isOff()) return;
      const composing = change?.isComposing === true && change.type !== "compositionend";
      const foreign = !change || /From|Repl/.test(change.inputType ?? "");
      trace = traced(trace, { at: now(), length, composing, foreign });
    },
    /** The buckets of the message that is sent now; the next one begins. */
    sent(): Pace | undefined {
      if (isOff()) {
        trace = UNTOUCHED;
        each = [];
        messages = 0;
        return;
      }
      each = [...each, ...trace.each].slice(-KEPT);
      messages += 1;
      const t = slowness(each, messages, ground);
      const pace = { t, pause: pausing(trace), edits: editing(trace) };
      trace = UNTOUCHED;
      return pace;
    },
  };
}

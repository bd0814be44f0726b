import type { Colleague, Line, Seats } from "../../shared/wire";

/** Somewhere a chat can be handed on to, or somebody who can be asked about it. */
export type Option =
  | { key: string; kind: "queue"; queue: string; words: string; waiting: number }
  | { key: string; kind: "colleague"; seat: Colleague; words: string; there: boolean };

interface Asked {
  roster: Seats | null;
  lines: readonly Line[];
  /** Oneself, who is never among them. */
  me: string | undefined;
  /** Lines are no answer to a question. */
  queues: boolean;
  /** What a queue is called. */
  nameOf: (queue: string) => string;
}

/** All there is to choose from: the lines by name, then colleagues, those with the most room first. */
export function optionsOf({ roster, lines, me, queues, nameOf }: Asked): Option[] {
  if (!roster) return [];
  const waits = new Map(lines.map((line) => [line.queue, line.waiting]));
  const targets: Option[] = (queues ? roster.queues : []).map((queue) => ({
    key: `queue:${queue}`,
    kind: "queue",
    queue,
    words: nameOf(queue),
    waiting: waits.get(queue) ?? 0,
  }));
  const seats = roster.seats.filter(({ agent }) => agent !== me).sort(byRoom);
  return targets.concat(
    seats.map((seat) => ({
      key: `agent:${seat.agent}`,
      kind: "colleague",
      seat,
      words: seat.name || seat.agent,
      there: isThere(seat),
    })),
  );
}

/** The options that a search finds: every word of it has to be in the name, or in what it serves. */
export function found(
  options: readonly Option[],
  query: string,
  nameOf: Asked["nameOf"],
): Option[] {
  const words = query.trim().toLocaleLowerCase().split(/\s+/);
  return options.filter((option) => {
    const skills = option.kind === "colleague" ? (option.seat.skills ?? []).map(nameOf) : [];
    const text = [option.words, ...skills].join(" ").toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Reports whether an option can be chosen: a colleague without room can, one who is away cannot. */
export function isOpen(option: Option): boolean {
  return option.kind === "queue" || option.there;
}

/** Where a step by so many leads among the open options, past the ends to the other end. */
export function stepped(
  options: readonly Option[],
  from: string | undefined,
  by: 1 | -1,
): string | undefined {
  const open = options.filter(isOpen);
  const at = open.findIndex(({ key }) => key === from);
  const next = at < 0 && by < 0 ? open.length - 1 : (at + by + open.length) % open.length;
  return open[next]?.key;
}

/** How many more chats a seat takes. */
export function freeOf(seat: Colleague): number {
  return Math.max(0, seat.capacity - seat.load);
}

/** Seats in the order in which one would look for help: ready, then busy, then away. */
export function byRoom(a: Colleague, b: Colleague): number {
  return rank(a) - rank(b) || freeOf(b) - freeOf(a) || a.name.localeCompare(b.name);
}

function rank({ status }: Colleague): number {
  return ["available", "wrap_up", "busy", "away", "offline"].indexOf(status);
}

function isThere({ status }: Colleague): boolean {
  return status !== "away" && status !== "offline";
}

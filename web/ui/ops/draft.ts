// A policy while it is edited, without a page.

/** A policy as the API has it. */
export interface Policy {
  version: number;
  assist_at: number;
  offer_at: number;
  transfer_at: number;
  fade_over: number;
  points: Readonly<Record<string, readonly number[]>>;
  failed_turns: number;
  same_question: number;
  bot_silent_offer_ms: number;
  bot_silent_transfer_ms: number;
  always: Readonly<Record<string, boolean>>;
}

/** The numbers of a policy that stand alone. */
export type Field = Exclude<keyof Policy, "version" | "points" | "always">;

/** One number that was changed: a field, or the points of a value of a signal. */
export interface Change {
  field: Field | { signal: string; value: number };
  from: number;
  to: number;
}

const FIELDS: readonly Field[] = [
  "same_question",
  "failed_turns",
  "bot_silent_offer_ms",
  "bot_silent_transfer_ms",
  "assist_at",
  "offer_at",
  "transfer_at",
  "fade_over",
];

/** What differs between two policies, in the order of the page. */
export function changes(before: Policy, after: Policy): Change[] {
  const numbers = FIELDS.filter((field) => before[field] !== after[field]).map((field) => {
    return { field, from: before[field], to: after[field] };
  });
  const points = Object.keys(after.points).flatMap((signal) =>
    (after.points[signal] ?? []).flatMap((to, value) => {
      const from = before.points[signal]?.[value] ?? 0;
      return from === to ? [] : [{ field: { signal, value }, from, to }];
    }),
  );
  return [...numbers, ...points];
}

/** The policy with other points for one value of a signal. */
export function withPoints(policy: Policy, signal: string, value: number, points: number): Policy {
  const row = (policy.points[signal] ?? []).map((p, at) => (at === value ? points : p));
  return { ...policy, points: { ...policy.points, [signal]: row } };
}

/** Milliseconds are shown as seconds. */
export function scaleOf(field: Field): number {
  return field.endsWith("_ms") ? 1000 : 1;
}

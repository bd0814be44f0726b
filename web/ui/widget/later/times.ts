// The times at which a visitor may ask to be called: few, round, and of the next days.

import type { Lang } from "../i18n";

const HOUR_MS = 3_600_000;
/** The hours that are offered of a day. */
const HOURS = [9, 14, 19];
const MOST = 5;

/** A few times from an hour after now on, RFC 3339, in the visitor's own zone. */
export function callTimes(now: number): string[] {
  const times: string[] = [];
  const day = new Date(now);
  for (let ahead = 0; times.length < MOST; ahead += 1) {
    for (const hour of HOURS) {
      const at = new Date(day.getFullYear(), day.getMonth(), day.getDate() + ahead, hour);
      if (at.getTime() >= now + HOUR_MS && times.length < MOST) times.push(at.toISOString());
    }
  }
  return times;
}

/** A time as people say it: the day of the week, the date and the hour. */
export function spoken(at: string, lang: Lang): string {
  return new Date(at).toLocaleString(lang, {
    weekday: "long",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    hour12: false,
  });
}

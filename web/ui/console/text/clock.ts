import type { Language } from "../i18n/language";

/** The time of day of an event: "14:05". */
export function timeOfDay(at: string, lang: Language): string {
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return new Date(at).toLocaleTimeString(lang, form);
}

/** The full date and time, for a hint. */
export function fullTime(at: string, lang: Language): string {
  return new Date(at).toLocaleString(lang, {
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
  });
}

/** How many days before today the moment lies, counted by calendar: 0 today, 1 yesterday. */
export function daysAgo(at: string, now: number): number {
  const midnight = (time: Date) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(new Date(now)) - midnight(new Date(at))) / 86_400_000);
}

/** The date of a day in words: "March 4", with the year if it is another one. */
export function dateInWords(at: string, now: number, lang: Language): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? {} : ({ year: "numeric" } as const);
  return date.toLocaleDateString(lang, { month: "long", day: "numeric", ...year });
}

/** A moment near now: the time of day, with the date unless it is today. */
export function dayAndTime(at: string, now: number, lang: Language): string {
  const time = timeOfDay(at, lang);
  return daysAgo(at, now) === 0 ? time : `${dateInWords(at, now, lang)} ${time}`;
}

/** The name of a language in another: "zh-CN" is Chinese. Nonsense is shown as it came. */
export function languageName(tag: string | undefined, lang: Language): string {
  if (!tag) return "";
  try {
    const base = new Intl.Locale(tag).language;
    return new Intl.DisplayNames([lang], { type: "language" }).of(base) ?? tag;
  } catch {
    return tag;
  }
}

import type { Language } from "../i18n/language";

const units = {
  "zh-CN": { h: " 小时", m: " 分", s: " 秒" },
  en: { h: " h", m: " min", s: " s" },
} as const;

/** A duration in at most two units: "45 s", "2 min 10 s", "1 h 5 min". */
export function duration(ms: number, lang: Language): string {
  const unit = units[lang];
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds}${unit.s}`;
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return join(`${minutes}${unit.m}`, seconds % 60, unit.s);
  return join(`${hours}${unit.h}`, minutes % 60, unit.m);
}

/** A short age for a list: "now", then whole minutes, then whole hours. */
export function age(ms: number, lang: Language): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes === 0) return lang === "en" ? "now" : "刚刚";
  const unit = units[lang];
  return minutes < 60 ? `${minutes}${unit.m}` : `${Math.floor(minutes / 60)}${unit.h}`;
}

function join(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${rest}${unit}`;
}

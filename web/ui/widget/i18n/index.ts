import { type Translate, translator } from "../../shared/i18n";
import { en } from "./en";
import { zh } from "./zh-CN";

/** The languages of the widget, as they are sent in hello. */
export type Lang = "zh-CN" | "en";
export const LANGS: readonly Lang[] = ["zh-CN", "en"];

/** Turns a key into a sentence of the visitor's language. */
export type T = Translate<typeof zh>;

/** The sentences of a language. */
export function words(lang: Lang): T {
  return translator(lang === "en" ? en : zh);
}

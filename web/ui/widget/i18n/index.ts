import { type Translate, translator } from "../../shared/i18n";
import { en } from "./en";
import type { Lang } from "./langs";
import { zh } from "./zh-CN";

export { LANGS, type Lang } from "./langs";

/** Turns a key into a sentence of the visitor's language. */
export type T = Translate<typeof zh>;

/**
 * The sentences of a language. The build sets YIJIAN_LANG, which leaves one dictionary in each file;
 * tests do not, and have them all.
 */
export function words(lang: Lang): T {
  return translator((import.meta.env.YIJIAN_LANG ?? lang) === "en" ? en : zh);
}

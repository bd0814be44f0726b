import { type Translate, translator } from "../../shared/i18n";
import { en } from "./en";
import type { Lang } from "./langs";
import { zh } from "./zh-CN";
import { tw } from "./zh-TW";

export { LANGS, type Lang } from "./langs";

/** Turns a key into a sentence of the visitor's language. */
export type T = Translate<typeof zh>;

/**
 * The sentences of a language. The build sets YIJIAN_LANG, which leaves one dictionary in each file;
 * tests do not, and have them all.
 */
export function words(lang: Lang): T {
  const own = import.meta.env.YIJIAN_LANG ?? lang;
  if (own === "en") return translator(en);
  return translator(own === "zh-TW" ? tw : zh);
}

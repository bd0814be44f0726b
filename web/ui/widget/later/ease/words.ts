import { type Translate, translator } from "../../../shared/i18n";
import type { Lang } from "../../i18n";
import { en } from "./i18n/en";
import { zh } from "./i18n/zh-CN";
import { tw } from "./i18n/zh-TW";

/** Turns a key into a sentence of the visitor's language. */
export type EaseT = Translate<typeof zh>;

/** The sentences of a language. */
export function easeWords(lang: Lang): EaseT {
  const own = import.meta.env.YIJIAN_LANG ?? lang;
  if (own === "en") return translator(en);
  return translator(own === "zh-TW" ? tw : zh);
}

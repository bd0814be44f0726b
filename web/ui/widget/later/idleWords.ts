import { type Dictionary, type Translate, translator } from "../../shared/i18n";
import type { Lang } from "../i18n";

/** Simplified Chinese. */
export const zh = {
  idle: "您还在吗？没有新消息的话，聊天约 {n} 分钟后结束。不着急，结束后也能接着写。",
  extend: "我还在",
};

/** Traditional Chinese. */
export const tw: Dictionary<typeof zh> = {
  idle: "您還在嗎？沒有新訊息的話，聊天約 {n} 分鐘後結束。不用急，結束後也能接著寫。",
  extend: "我還在",
};

/** English. */
export const en: Dictionary<typeof zh> = {
  idle: "Are you still there? The chat ends in about {n} min if you write nothing. You can still write after that.",
  extend: "I am still here",
};

/** The sentences of a language. */
export function idleWords(lang: Lang): Translate<typeof zh> {
  const own = import.meta.env.YIJIAN_LANG ?? lang;
  if (own === "en") return translator(en);
  return translator(own === "zh-TW" ? tw : zh);
}

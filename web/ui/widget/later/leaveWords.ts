import { type Dictionary, type Translate, translator } from "../../shared/i18n";
import type { Lang } from "../i18n";

/** Simplified Chinese. */
export const zh = {
  endAsk: "要结束这次聊天吗？以后还可以接着写。",
  botAsk: "改由 AI 智能助手回答吗？客服人员会离开，排队的位置也不再保留。",
  no: "不，继续聊",
};

/** Traditional Chinese. */
export const tw: Dictionary<typeof zh> = {
  endAsk: "要結束這次聊天嗎？以後還可以接著寫。",
  botAsk: "改由 AI 智慧助理回答嗎？客服人員會離開，排隊的位置也不再保留。",
  no: "不，繼續聊",
};

/** English. */
export const en: Dictionary<typeof zh> = {
  endAsk: "End this chat? Writing again reopens it.",
  botAsk: "Let the AI assistant answer? The person leaves, and your place in line is given up.",
  no: "No, keep chatting",
};

/** Turns a key into a sentence of the visitor's language. */
export type LeaveT = Translate<typeof zh>;

/** The sentences of a language. */
export function leaveWords(lang: Lang): LeaveT {
  const own = import.meta.env.YIJIAN_LANG ?? lang;
  if (own === "en") return translator(en);
  return translator(own === "zh-TW" ? tw : zh);
}

import { type Dictionary, type Translate, translator } from "../../shared/i18n";
import type { Lang } from "../i18n";

/** Simplified Chinese. */
export const zh = {
  rateAsk: "客服人员帮到您了吗？",
  rate1: "很不满意",
  rate2: "不满意",
  rate3: "一般",
  rate4: "满意",
  rate5: "很满意",
  rateSend: "提交评价",
  rateSkip: "不评价",
  near: "马上就轮到您了。",
  fewer_agents: "现在值班的客服人员少了，会比刚才说的久一点。",
  urgent_ahead: "前面有更紧急的事，会比刚才说的久一点。",
  longer_chats: "前面的聊天比平时久，会比刚才说的久一点。",
  unstaffed: "客服人员暂时都不在，一回来就接您。",
  opens: "下次上班：{when}。",
  full: "现在排队的人多，也可以请我们打电话给您。",
  number: "您的编号是 {n}，打电话时报给我们就行。",
  callAsk: "请打电话给我",
  phone: "您的电话号码",
  when: "什么时候打",
  soonest: "轮到我就打",
  callSend: "好，请打给我",
  callNot: "不用，继续在这里等",
  callAt: "我们会在 {when} 之后打给您：{phone}",
  callSoon: "轮到您时，我们会打给您：{phone}",
  callStay: "位置为您留着，可以先去忙。",
  callChange: "改号码或时间",
  callCancel: "不打了，我在这里等",
};

/** English. */
export const en: Dictionary<typeof zh> = {
  rateAsk: "Did our team help you?",
  rate1: "Very poor",
  rate2: "Poor",
  rate3: "Fair",
  rate4: "Good",
  rate5: "Very good",
  rateSend: "Send rating",
  rateSkip: "Skip",
  near: "It is nearly your turn.",
  fewer_agents: "Fewer people are on duty, so it takes longer than we said.",
  urgent_ahead: "Somebody in need went first, so it takes longer than we said.",
  longer_chats: "Chats take longer than usual, so it takes longer than we said.",
  unstaffed: "Nobody is here just now. We answer as soon as somebody is back.",
  opens: "We are back on {when}.",
  full: "Many people are waiting. We can also call you.",
  number: "Your number is {n}; tell us when you call.",
  callAsk: "Call me instead",
  phone: "Your phone number",
  when: "When to call",
  soonest: "When it is my turn",
  callSend: "Yes, call me",
  callNot: "No, I wait here",
  callAt: "We will call you after {when}: {phone}",
  callSoon: "We will call you when it is your turn: {phone}",
  callStay: "Your place is kept; you need not stay here.",
  callChange: "Change number or time",
  callCancel: "No call, I wait here",
};

/** Turns a key into a sentence of the visitor's language. */
export type LaterT = Translate<typeof zh>;

/** The sentences of a language. */
export function laterWords(lang: Lang): LaterT {
  return translator((import.meta.env.YIJIAN_LANG ?? lang) === "en" ? en : zh);
}

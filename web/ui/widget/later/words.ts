import type { Dictionary } from "../../shared/i18n";

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
};

import { useI18n } from "../../console/i18n/I18n";
import { en } from "./en";
import { type Words, zhCN } from "./zh-CN";

/** The words of this page in the language that is chosen. */
export function useWords(): Words {
  return useI18n().lang === "en" ? en : zhCN;
}

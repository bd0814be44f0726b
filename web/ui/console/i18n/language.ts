import { en } from "./en";
import { type Catalog, zhCN } from "./zh-CN";

/** A language the console speaks. */
export type Language = "zh-CN" | "en";

/** All languages, the first being that of most who use it. */
export const languages: readonly Language[] = ["zh-CN", "en"];

/** All catalogs by language. */
export const catalogs: Record<Language, Catalog> = { "zh-CN": zhCN, en };

/** Looks a machine word up in a catalog table, and shows the word itself if nobody translated it. */
export function wordFor(table: Record<string, string>, code: string | undefined): string {
  if (!code) return "";
  return Object.hasOwn(table, code) ? (table[code] ?? code) : code;
}

import type { Catalog } from "./zh-CN";

/**
 * What the server refused, in a sentence with the next step: for this act, in general, or in the
 * server's own words for a code that this build does not know.
 */
export function refusalIn(
  t: Catalog,
  act: string,
  { code, message }: { code: string; message?: string },
): string {
  return own(t.errors, `${act}.${code}`) ?? own(t.errors, code) ?? (message || code);
}

/** The same for a code that may carry its act: "watch.forbidden". */
export function refusalOf(t: Catalog, told: { code: string; message?: string }): string {
  const [act, code] = told.code.includes(".") ? told.code.split(".", 2) : ["", told.code];
  return refusalIn(t, act ?? "", { ...told, code: code ?? told.code });
}

function own(table: Record<string, string>, code: string): string | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

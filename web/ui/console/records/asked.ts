/** What a search asks for. Whatever is empty is not asked for; days are those of this browser. */
export interface Asked {
  q: string;
  site: string;
  /** The first and the last day, as 2026-11-28. */
  from: string;
  to: string;
  agent: string;
  reason: string;
  queue: string;
  rating: string;
}

const NAMES = ["q", "site", "from", "to", "agent", "reason", "queue", "rating"] as const;

/** Nothing in particular: all conversations. */
export const ANYTHING: Asked = {
  q: "",
  site: "",
  from: "",
  to: "",
  agent: "",
  reason: "",
  queue: "",
  rating: "",
};

/** What the address asks for. */
export function askedOf(search: string): Asked {
  const given = new URLSearchParams(search);
  const asked = { ...ANYTHING };
  for (const name of NAMES) asked[name] = given.get(name) ?? "";
  return asked;
}

/** The same as the part of an address behind the question mark, without what is not asked for. */
export function searchOf(asked: Asked, more: Record<string, string> = {}): string {
  const given = new URLSearchParams();
  for (const name of NAMES) if (asked[name]) given.set(name, asked[name]);
  for (const [name, value] of Object.entries(more)) if (value) given.set(name, value);
  return given.toString();
}

/** How many filters stand beside the words. */
export function filtersIn(asked: Asked): number {
  return NAMES.filter((name) => name !== "q" && asked[name]).length;
}

/** The question as the server reads it: days become moments. A day that is none is left out. */
export function queryOf(asked: Asked): URLSearchParams {
  const query = new URLSearchParams(searchOf({ ...asked, from: "", to: "" }));
  const from = midnight(asked.from, 0);
  const to = midnight(asked.to, 1);
  if (from) query.set("from", from);
  if (to) query.set("to", to);
  return query;
}

/** The beginning of a day here, or of one so many days later. */
function midnight(day: string, later: number): string | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (!parts) return undefined;
  const at = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + later);
  return at.getFullYear() < 1970 ? undefined : at.toISOString();
}

/** The id of a conversation, if that is what was typed into the search field. */
export function idIn(text: string): string | undefined {
  const id = text.trim().toLowerCase();
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined;
}

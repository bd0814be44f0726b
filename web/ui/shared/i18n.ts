// A dictionary is a flat object of sentences. The type of one is the type of all: en is declared as
// Dictionary<typeof zh>, so a missing or surplus sentence does not compile.

/** The type every other language has to have. */
export type Dictionary<D> = { readonly [key in keyof D]: string };

/** Turns a key into a sentence; {name} in it is replaced. */
export type Translate<D> = (key: keyof D, values?: Record<string, string | number>) => string;

/** Binds a dictionary. A value that is not given stays visible as {name}, so that it is noticed. */
export function translator<D extends Dictionary<D>>(words: D): Translate<D> {
  return (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Where Chinese is written in traditional characters. */
const TRADITIONAL = /^zh\b.*-(tw|hk|mo|hant)/;

/** Picks the language to speak from what the page and the browser say, first match wins. */
export function pickLanguage<L extends string>(
  wanted: readonly (string | null | undefined)[],
  offered: readonly L[],
  fallback: L,
): L {
  for (const tag of wanted) {
    const low = tag?.toLowerCase() ?? "";
    const exact = TRADITIONAL.test(low) ? "zh-tw" : low;
    const language = low.split("-")[0];
    const match =
      offered.find((offer) => offer.toLowerCase() === exact) ??
      offered.find((offer) => offer.toLowerCase().split("-")[0] === language);
    if (language && match) return match;
  }
  return fallback;
}

// The languages and sizes that a long test is walked in: each of both in every run, crossed by
// `make e2e-all`. The way to a person (walk.spec.ts) is crossed always.

import type { Lang, SIZES } from "./chat";

export interface Crossed {
  lang: Lang;
  size: keyof typeof SIZES;
  /** For the name of a test. */
  name: string;
}

const look = (lang: Lang, size: keyof typeof SIZES): Crossed => ({
  lang,
  size,
  name: `${lang}-${size}`,
});

export const LOOKS: readonly Crossed[] = [
  look("zh", "phone"),
  look("en", "desktop"),
  ...(process.env.E2E_ALL ? [look("zh", "desktop"), look("en", "phone")] : []),
];

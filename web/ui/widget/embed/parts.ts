// The chat comes in files: the core, which holds all that writing and reaching a person need, and parts
// that are fetched when they are wanted. A part is a file of ../parts and a line here; the build makes
// one of each for every language, and scripts/size.mjs holds each to 6,000 bytes.

import type { Clock } from "../../shared/clock";

export interface Parts {
  core: typeof import("../main");
  contrast: typeof import("../parts/contrast");
  ease: typeof import("../parts/ease");
  extras: typeof import("../parts/extras");
  links: typeof import("../parts/links");
  idle: typeof import("../parts/idle");
  leave: typeof import("../parts/leave");
  news: typeof import("../parts/news");
  way: typeof import("../parts/way");
}

/** Fetches a part, once, and goes on trying until it has it: whoever asks may simply wait. */
export type Fetch = <N extends keyof Parts>(name: N) => Promise<Parts[N]>;

const LONGEST_MS = 30_000;

export interface FetcherOptions {
  load: (file: string) => Promise<unknown>;
  clock: Clock;
  onFailure: (error: unknown) => void;
}

/** Makes the fetcher. A browser remembers a failed import by its address, so each try has its own. */
export function fetcher({ load, clock, onFailure }: FetcherOptions): Fetch {
  const held: Record<string, Promise<unknown>> = {};

  async function get(name: string): Promise<unknown> {
    for (let tries = 0, wait = 1_000; ; tries += 1, wait = Math.min(2 * wait, LONGEST_MS)) {
      try {
        return await load(`${name}.js${tries ? `?${tries}` : ""}`);
      } catch (error) {
        onFailure(error);
        await new Promise<void>((done) => clock.after(wait, done));
      }
    }
  }

  return (name) => {
    held[name] ??= get(name);
    return held[name] as Promise<Parts[typeof name]>;
  };
}

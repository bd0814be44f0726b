/** Time as the modules here see it, so that tests can hold it still. */
export interface Clock {
  now(): number;
  /** Runs once after ms; the returned function cancels. */
  after(ms: number, run: () => void): () => void;
}

/** The browser's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

import type { Clock } from "../../shared/clock";
import { reduce } from "./reduce";
import { type Action, type Desk, emptyDesk } from "./state";

/** The one holder of the desk's state; components read it, frames and commands change it. */
export interface Store {
  get(): Desk;
  dispatch(action: Action): void;
  /** Calls back after each change; the returned function stops that. */
  subscribe(listener: (before: Desk, after: Desk) => void): () => void;
}

/** A store that begins empty. */
export function createStore(clock: Clock): Store {
  let desk = emptyDesk;
  const listeners = new Set<(before: Desk, after: Desk) => void>();
  return {
    get: () => desk,
    dispatch(action) {
      const before = desk;
      desk = reduce(before, action, clock.now());
      if (desk === before) return;
      for (const listener of listeners) listener(before, desk);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

import { useCallback, useRef } from "react";
import { useCommands } from "../live/Live";

/** The visitor sees "typing" for 5 s; saying it again a little sooner keeps it up. */
const EVERY_MS = 3000;

/** Returns a function to call at every key: it tells the visitor now and then. */
export function useTypingSignal(session: string): () => void {
  const { typing } = useCommands();
  const last = useRef(0);
  return useCallback(() => {
    const now = Date.now();
    if (now - last.current < EVERY_MS) return;
    last.current = now;
    typing(session);
  }, [typing, session]);
}

import { useCallback, useState } from "react";
import { readMark, writeMark } from "../settings/kept";

/** Whether this agent has put the hint aside that a visitor needs more time, and how to do it. */
export function useCleared(session: string): [boolean, () => void] {
  const [cleared, set] = useState(() => readMark(session, "more-time"));
  const clear = useCallback(() => {
    writeMark(session, "more-time");
    set(true);
  }, [session]);
  return [cleared, clear];
}

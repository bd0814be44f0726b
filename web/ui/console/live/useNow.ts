import { useEffect, useState } from "react";

/** The time, renewed every so many ms; it stands still while nothing on the page needs it. */
export function useNow(everyMs: number, needed = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!needed) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, needed]);
  return now;
}

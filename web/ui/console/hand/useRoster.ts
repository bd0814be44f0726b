import { useEffect } from "react";
import type { Seats } from "../../shared/wire";
import { useCommands, useDesk } from "../live/Live";

/** Who is there changes by itself; asked again this often while somebody looks at it. */
const EVERY_MS = 4000;

/** Who is there and what the queues are, kept fresh while the component is shown. */
export function useRoster(): Seats | null {
  const { seats } = useCommands();
  useAskedOften(seats);
  return useDesk((desk) => desk.roster);
}

/** Asks the server now and then while the page is visible and online. */
export function useAskedOften(ask: () => void): void {
  const online = useDesk((desk) => desk.link === "online");
  useEffect(() => {
    if (!online) return;
    const look = () => document.visibilityState === "visible" && ask();
    look();
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [ask, online]);
}

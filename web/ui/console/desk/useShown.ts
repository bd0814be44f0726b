import { useEffect, useRef } from "react";
import { useCommands, useDesk } from "../live/Live";

/**
 * Tells the server which offers were on a screen somebody could see: only those count as missed.
 * An offer stands in the list or, where that is hidden, in a bar above the chat.
 */
export function useShown(): void {
  const offers = useDesk((desk) => desk.offers);
  const { shown } = useCommands();
  const told = useRef(new Set<string>());
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== "visible") return;
      for (const { offer } of offers) {
        if (!told.current.has(offer)) shown(offer);
      }
      told.current = new Set(offers.map(({ offer }) => offer));
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [offers, shown]);
}

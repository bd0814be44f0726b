import { useEffect } from "react";
import { useCommands } from "../live/Live";
import { unreadOf } from "../live/select";
import type { Chat } from "../live/state";

/** A glance is this long. It also gathers what arrives in one go into one report. */
const GLANCE_MS = 400;

/** Marks the open chat as read while somebody can see it, and tells the visitor so. */
export function useSeen(chat: Chat, mine: boolean): void {
  const { read, seen } = useCommands();
  const unread = unreadOf(chat) > 0;
  const { session } = chat.head;
  const last = chat.events.at(-1)?.seq ?? 0;
  useEffect(() => {
    if (!unread) return;
    let glance: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(glance);
      if (document.visibilityState !== "visible") return;
      glance = setTimeout(() => (mine ? read : seen)(session, last), GLANCE_MS);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(glance);
      document.removeEventListener("visibilitychange", look);
    };
  }, [unread, mine, session, last, read, seen]);
}

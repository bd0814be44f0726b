import { useEffect } from "react";
import { useCommands } from "../live/Live";
import { unreadOf } from "../live/select";
import type { Chat } from "../live/state";

/** Marks the open chat as read while somebody can see it, and tells the visitor so. */
export function useSeen(chat: Chat, mine: boolean): void {
  const { read, seen } = useCommands();
  const unread = unreadOf(chat) > 0;
  const { session } = chat.head;
  const last = chat.events.at(-1)?.seq ?? 0;
  useEffect(() => {
    if (!unread) return;
    const look = () => {
      if (document.visibilityState !== "visible") return;
      if (mine) read(session, last);
      else seen(session, last);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [unread, mine, session, last, read, seen]);
}

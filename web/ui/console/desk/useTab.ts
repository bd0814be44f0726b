import { useMemo, useState } from "react";
import { useLocation } from "wouter";
import { useAct } from "../keys/Acts";
import type { Tab } from "../list/tab";
import { useInRecords, usePlace } from "./place";

/** What the left pane shows, and the keys that turn it. On a narrow screen they also lead to it. */
export function useTab(): [Tab, (tab: Tab) => void] {
  const [tab, set] = useState<Tab>("chats");
  const { session } = usePlace();
  const inRecords = useInRecords();
  const [, navigate] = useLocation();
  const turn = useMemo(() => {
    const to = (next: Tab) => () => {
      set(next);
      // The list hides behind an open chat, and behind the record.
      const hidden = session && window.matchMedia("(max-width: 767px)").matches;
      if (hidden || inRecords) navigate("/");
    };
    return { chats: to("chats"), calls: to("calls"), team: to("team") };
  }, [session, inRecords, navigate]);
  useAct("chats", turn.chats);
  useAct("calls", turn.calls);
  useAct("team", turn.team);
  return [tab, set];
}

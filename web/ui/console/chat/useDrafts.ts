import { useState } from "react";
import type { AgentMessage } from "../../shared/wire";
import { useDesk } from "../live/Live";
import { readDraft, writeDraft } from "../settings/kept";

type Mode = AgentMessage["t"];

/** The unsent texts of one chat: the reply and the note apart, so that neither becomes the other. */
export interface Drafts {
  texts: Record<Mode, string>;
  write: (mode: Mode, text: string) => void;
}

/** Keeps drafts in the browser, so that a reload or another sign-in of this agent finds them. */
export function useDrafts(session: string): Drafts {
  const agent = useDesk((desk) => desk.agent?.id ?? "");
  const [texts, setTexts] = useState(() => ({
    message: readDraft(agent, session, "message"),
    note: readDraft(agent, session, "note"),
  }));
  const write = (mode: Mode, text: string) => {
    writeDraft(agent, session, mode, text);
    setTexts((before) => ({ ...before, [mode]: text }));
  };
  return { texts, write };
}

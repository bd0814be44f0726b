import { useState } from "react";
import type { AgentMessage } from "../../shared/wire";
import type { Handing } from "../hand/handing";
import { useDesk } from "../live/Live";
import { readDraft, writeDraft } from "../settings/kept";

const kinds = ["message", "note", "whisper", "transfer", "consult"] as const;

/** What a text is for: one of the ways to write, or what goes along when a chat is handed on. */
type Kind = (typeof kinds)[number] & (AgentMessage["t"] | Handing);

/** The unsent texts of one chat, kept apart so that none becomes another. */
export interface Drafts {
  texts: Record<Kind, string>;
  write: (kind: Kind, text: string) => void;
}

/** Keeps drafts in the browser, so that a reload or another sign-in of this agent finds them. */
export function useDrafts(session: string): Drafts {
  const agent = useDesk((desk) => desk.agent?.id ?? "");
  const [texts, setTexts] = useState(() => {
    const read = kinds.map((kind) => [kind, readDraft(agent, session, kind)]);
    return Object.fromEntries(read) as Record<Kind, string>;
  });
  const write = (kind: Kind, text: string) => {
    writeDraft(agent, session, kind, text);
    setTexts((before) => ({ ...before, [kind]: text }));
  };
  return { texts, write };
}

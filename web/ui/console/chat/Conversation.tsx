import { useState } from "react";
import type { AgentMessage } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import type { Chat } from "../live/state";
import { Composer } from "./Composer";
import classes from "./Conversation.module.css";
import { Transcript } from "./Transcript";
import { useDrafts } from "./useDrafts";
import { useSeen } from "./useSeen";

/** A chat's history and, while it is with this agent, the place to write. */
export function Conversation({ chat, mine }: { chat: Chat; mine: boolean }) {
  const { t } = useI18n();
  const { session, owner } = chat.head;
  const [mode, setMode] = useState<AgentMessage["t"]>("message");
  const drafts = useDrafts(session);
  useSeen(chat, mine);
  const takeBack = (frame: AgentMessage) => {
    drafts.write(frame.t, [drafts.texts[frame.t], frame.text].filter(Boolean).join("\n"));
    setMode(frame.t);
  };
  const why = owner === "human" ? t.chat.unknownHint : t.composer[owner];
  return (
    <>
      <Transcript chat={chat} onTakeBack={takeBack} />
      {mine ? (
        <Composer session={session} mode={mode} onMode={setMode} drafts={drafts} />
      ) : (
        <p className={classes.ended}>{why}</p>
      )}
    </>
  );
}

import { useState } from "react";
import type { AgentMessage } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import { joinedOf } from "../live/facts";
import { useDesk } from "../live/Live";
import type { Chat } from "../live/state";
import { Composer } from "./Composer";
import classes from "./Conversation.module.css";
import type { Part } from "./part";
import { Transcript } from "./Transcript";
import { useDrafts } from "./useDrafts";
import { useSeen } from "./useSeen";

type Mode = AgentMessage["t"];

/** A chat's history and, for who may write in it, the place to do so. */
export function Conversation({ chat, part }: { chat: Chat; part: Part }) {
  const { t } = useI18n();
  const { session, owner } = chat.head;
  const me = useDesk((desk) => desk.agent?.id);
  const modes = modesOf(part, owner === "human" && joinedOf(chat)?.agent === me);
  const [wanted, want] = useState<Mode>();
  const drafts = useDrafts(session);
  useSeen(chat, part === "mine");
  const takeBack = (frame: AgentMessage) => {
    drafts.write(frame.t, [drafts.texts[frame.t], frame.text].filter(Boolean).join("\n"));
    want(frame.t);
  };
  const mode = modes.find((one) => one === wanted) ?? modes[0];
  const why = owner === "human" ? t.chat.unknownHint : t.composer[owner];
  return (
    <>
      <Transcript chat={chat} onTakeBack={takeBack} />
      {mode && owner === "human" ? (
        <Composer session={session} modes={modes} mode={mode} onMode={want} drafts={drafts} />
      ) : (
        <p className={classes.ended}>{why}</p>
      )}
    </>
  );
}

/** To whom one may write: the first is what the composer begins with. */
function modesOf(part: Part, joined: boolean): readonly Mode[] {
  if (part === "mine") return ["message", "note"];
  if (part === "lead") return joined ? ["message", "whisper", "note"] : ["whisper", "note"];
  return part === "guest" ? ["note"] : [];
}

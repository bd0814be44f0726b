import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import type { IconName } from "../icons/paths";
import { joinedOf, moreTimeOf, questionFor } from "../live/facts";
import { useDesk } from "../live/Live";
import type { Chat } from "../live/state";
import { oneLine } from "../text/limit";
import { CallStrip } from "./CallStrip";
import type { Part } from "./part";
import classes from "./Strips.module.css";
import { useCleared } from "./useCleared";

/** What has to be known about a chat before the next word is written, one thin strip each. */
export function Strips({ chat, part }: { chat: Chat; part: Part }) {
  const { t } = useI18n();
  const me = useDesk((desk) => desk.agent?.id);
  const joined = joinedOf(chat);
  const moreTime = moreTimeOf(chat);
  const [cleared, clear] = useCleared(chat.head.session);
  const question = part === "guest" ? questionFor(chat, me) : undefined;
  const answerer = chat.agentName || t.chat.agent;
  return (
    <>
      {part === "guest" && (
        <Strip icon="ask" look="note">
          {question ? (
            <span dir="auto">
              <strong>{question.name || answerer}</strong> {oneLine(question.text, 300)}
            </span>
          ) : (
            t.watch.guest
          )}
        </Strip>
      )}
      {part === "lead" && chat.head.owner === "human" && joined?.agent !== me && (
        <Strip icon="eye">{t.watch.unseen(answerer)}</Strip>
      )}
      {joined && (
        <Strip icon="join" look="warn">
          {joined.agent === me ? t.watch.inside : t.watch.joined(joined.name || t.chat.agent)}
        </Strip>
      )}
      {chat.head.call && <CallStrip chat={chat} call={chat.head.call} mine={part === "mine"} />}
      {moreTime > 0 && !cleared && (
        <Strip icon="clock" look="calm">
          <strong>{t.time.needs}</strong> {moreTime === 2 ? t.time.why.much : t.time.why.some}
          <Button variant="subtle" h={32} px={12} onClick={clear}>
            {t.time.clear}
          </Button>
        </Strip>
      )}
    </>
  );
}

interface StripProps {
  icon: IconName;
  look?: "note" | "warn" | "calm" | "call";
  children: ReactNode;
}

/** One line below the header of a chat. */
export function Strip({ icon, look, children }: StripProps) {
  return (
    <div className={classes.strip} data-look={look}>
      <Icon name={icon} size={16} />
      <div className={classes.words}>{children}</div>
    </div>
  );
}

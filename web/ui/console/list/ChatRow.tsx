import { ActionIcon } from "@mantine/core";
import { memo } from "react";
import { Link } from "wouter";
import { chatAddress } from "../desk/place";
import { useI18n } from "../i18n/I18n";
import { Avatar } from "../icons/Avatar";
import { Icon } from "../icons/Icon";
import { useCommands } from "../live/Live";
import { lastText, unreadOf, visitorTag } from "../live/select";
import type { Chat } from "../live/state";
import { age } from "../text/duration";
import { oneLine } from "../text/limit";
import classes from "./ChatRow.module.css";
import { patienceOf, sinceReply } from "./patience";

interface Props {
  chat: Chat;
  now: number;
  current: boolean;
  /** No longer with this agent. */
  left?: boolean;
}

/** One chat in the list: whose, the last words, what is unread, and how long it goes unanswered. */
export const ChatRow = memo(function ChatRow({ chat, now, current, left = false }: Props) {
  const { t, lang } = useI18n();
  const { forget } = useCommands();
  const { session, owner } = chat.head;
  const unread = unreadOf(chat);
  const last = lastText(chat);
  const waits = left ? undefined : sinceReply(chat.events);
  const at = waits ?? last?.at;
  const whose = last?.from === "agent" ? t.list.you : last?.from === "bot" ? t.list.bot : "";
  return (
    <div className={classes.row} data-current={current || undefined} data-left={left || undefined}>
      <Link
        href={chatAddress(session)}
        className={classes.link ?? ""}
        aria-current={current ? "page" : undefined}
      >
        <Avatar session={session} />
        <span className={classes.words}>
          <span className={classes.top}>
            <strong>{t.list.visitor(visitorTag(session))}</strong>
            {left && <span className={classes.owner}>{t.owners[owner]}</span>}
            {at && !left && (
              <time dateTime={at} data-patience={waits ? patienceOf(waits, now) : undefined}>
                {age(now - Date.parse(at), lang)}
              </time>
            )}
          </span>
          <span className={classes.bottom} data-unread={unread > 0 || undefined}>
            <span className={classes.last} dir="auto">
              {last ? whose + oneLine(last.text, 60) : t.list.noWords}
            </span>
            {unread > 0 && (
              <span className={classes.unread} role="img" aria-label={t.list.unread(unread)}>
                {unread > 99 ? "99+" : unread}
              </span>
            )}
          </span>
        </span>
      </Link>
      {left && !current && (
        <ActionIcon aria-label={t.list.forget} onClick={() => forget(session)}>
          <Icon name="cross" size={16} />
        </ActionIcon>
      )}
    </div>
  );
});

import { ActionIcon } from "@mantine/core";
import { memo } from "react";
import { Link } from "wouter";
import type { AgentEvent } from "../../shared/wire";
import { chatAddress } from "../desk/place";
import { useI18n } from "../i18n/I18n";
import type { Catalog } from "../i18n/zh-CN";
import { Avatar } from "../icons/Avatar";
import { Icon } from "../icons/Icon";
import { useCommands, useDesk } from "../live/Live";
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
  /** Answered by this agent, by somebody this agent watches, or no longer of interest. */
  place: "mine" | "watched" | "left";
}

/** One chat in the list: whose, the last words, what is unread, and how long it goes unanswered. */
export const ChatRow = memo(function ChatRow({ chat, now, current, place }: Props) {
  const { t, lang } = useI18n();
  const { forget } = useCommands();
  const me = useDesk((desk) => desk.agent?.id);
  const { session, owner } = chat.head;
  const left = place === "left";
  const unread = unreadOf(chat);
  const last = lastText(chat);
  const waits = left ? undefined : sinceReply(chat.events);
  const at = waits ?? last?.at;
  const whose = last ? whoseWords(last, me, t) : "";
  const holder = owner === "human" && chat.agentName ? t.list.with(chat.agentName) : "";
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
            {place !== "mine" && <span className={classes.owner}>{holder || t.owners[owner]}</span>}
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
      {place !== "mine" && !(left && current) && (
        <ActionIcon
          aria-label={place === "watched" ? t.list.unwatch : t.list.forget}
          onClick={() => forget(session)}
        >
          <Icon name="cross" size={16} />
        </ActionIcon>
      )}
    </div>
  );
});

/** Who wrote the last words, if it was not the visitor. */
function whoseWords(last: AgentEvent, me: string | undefined, t: Catalog): string {
  if (last.from === "bot") return t.list.bot;
  if (last.from !== "agent") return "";
  if (!last.agent || last.agent === me) return t.list.you;
  return "name" in last && last.name ? t.list.by(oneLine(last.name, 20)) : "";
}

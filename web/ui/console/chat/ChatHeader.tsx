import { ActionIcon } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { chatAddress } from "../desk/place";
import { HandDialog } from "../hand/HandDialog";
import type { Handing } from "../hand/handing";
import { useI18n } from "../i18n/I18n";
import { Avatar } from "../icons/Avatar";
import { Icon } from "../icons/Icon";
import { problemOf, visitorTag } from "../live/select";
import type { Chat } from "../live/state";
import { oneLine } from "../text/limit";
import { numberInWords } from "../text/phone";
import { ChatActions } from "./ChatActions";
import classes from "./ChatHeader.module.css";
import type { Part } from "./part";
import { WatchActions } from "./WatchActions";

interface Props {
  chat: Chat;
  part: Part;
  view: "list" | "chat" | "about";
}

/** Whose chat it is, and what this agent can do with it. */
export function ChatHeader({ chat, part, view }: Props) {
  const { t } = useI18n();
  const [handing, hand] = useState<Handing | null>(null);
  const { session, number } = chat.head;
  const problem = oneLine(problemOf(chat), 80);
  return (
    <header className={classes.header}>
      <Link href="/" className={classes.back ?? ""} aria-label={t.chat.back}>
        <Icon name="back" size={20} />
      </Link>
      <Avatar session={session} />
      <div className={classes.words}>
        <h2>
          {t.list.visitor(visitorTag(session))}
          {number && <small>{t.chat.number(numberInWords(number))}</small>}
        </h2>
        <span dir="auto">{problem || t.owners[chat.head.owner]}</span>
      </div>
      {part === "mine" && <ChatActions chat={chat} onHand={hand} />}
      {part === "lead" && <WatchActions chat={chat} />}
      <ActionIcon
        component={Link}
        href={view === "about" ? chatAddress(session) : `${chatAddress(session)}/about`}
        className={classes.about ?? ""}
        aria-label={t.chat.about}
      >
        <Icon name="info" size={20} />
      </ActionIcon>
      {/* Outside of the actions: it has to live until it knows that the chat is handed on. */}
      <HandDialog chat={chat} what={handing} onClose={() => hand(null)} />
    </header>
  );
}

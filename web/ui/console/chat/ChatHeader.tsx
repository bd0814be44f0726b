import { ActionIcon } from "@mantine/core";
import { useCallback, useState } from "react";
import { Link } from "wouter";
import { chatAddress } from "../desk/place";
import { useI18n } from "../i18n/I18n";
import { Avatar } from "../icons/Avatar";
import { Icon } from "../icons/Icon";
import { useAct } from "../keys/Acts";
import { useCommands, useDesk } from "../live/Live";
import { problemOf, visitorTag } from "../live/select";
import type { Chat } from "../live/state";
import { oneLine } from "../text/limit";
import classes from "./ChatHeader.module.css";
import { Confirm } from "./Confirm";

interface Props {
  chat: Chat;
  mine: boolean;
  view: "list" | "chat" | "about";
}

/** Whose chat it is, and the two ways to leave it: resolve, or back to the line. */
export function ChatHeader({ chat, mine, view }: Props) {
  const { t } = useI18n();
  const commands = useCommands();
  const online = useDesk((desk) => desk.link === "online");
  const [asking, ask] = useState<"close" | "release" | null>(null);
  const { session } = chat.head;
  const may = mine && online;
  const resolve = useCallback(() => ask("close"), []);
  useAct("resolve", may ? resolve : null);
  const problem = oneLine(problemOf(chat), 80);
  return (
    <header className={classes.header}>
      <Link href="/" className={classes.back ?? ""} aria-label={t.chat.back}>
        <Icon name="back" size={20} />
      </Link>
      <Avatar session={session} />
      <div className={classes.words}>
        <h2>{t.list.visitor(visitorTag(session))}</h2>
        <span dir="auto">{problem || t.owners[chat.head.owner]}</span>
      </div>
      {mine && (
        <div className={classes.actions}>
          <Confirm
            action={t.actions.release}
            icon="release"
            question={t.actions.releaseAsk}
            hint={t.actions.releaseHint}
            disabled={!may}
            opened={asking === "release"}
            onOpen={(open) => ask(open ? "release" : null)}
            onYes={() => commands.release(session)}
          />
          <Confirm
            action={t.actions.close}
            icon="check"
            main
            question={t.actions.closeAsk}
            hint={t.actions.closeHint}
            disabled={!may}
            opened={asking === "close"}
            onOpen={(open) => ask(open ? "close" : null)}
            onYes={() => commands.close(session)}
          />
        </div>
      )}
      <ActionIcon
        component={Link}
        href={view === "about" ? chatAddress(session) : `${chatAddress(session)}/about`}
        className={classes.about ?? ""}
        aria-label={t.chat.about}
      >
        <Icon name="info" size={20} />
      </ActionIcon>
    </header>
  );
}

import { Fragment } from "react";
import { useI18n } from "../i18n/I18n";
import { maySupervise } from "../live/facts";
import { useCommands, useDesk } from "../live/Live";
import { ChatHeader } from "./ChatHeader";
import { Conversation } from "./Conversation";
import { NoChat } from "./NoChat";
import { Nothing } from "./Nothing";
import { partIn } from "./part";
import { Strips } from "./Strips";

interface Props {
  session: string | undefined;
  view: "list" | "chat" | "about";
}

/** The middle pane: the open chat, or what to do when none is open. */
export function ChatPane({ session, view }: Props) {
  const { t } = useI18n();
  const chat = useDesk((desk) => (session ? desk.chats[session] : undefined));
  const part = useDesk((desk) => (chat ? partIn(desk, chat) : "none"));
  const watched = useDesk((desk) => session !== undefined && desk.watched[session] !== undefined);
  const lead = useDesk((desk) => maySupervise(desk.agent?.role));
  const { watch } = useCommands();
  const coming = useDesk((desk) => desk.agent === null);
  const offer = useDesk((desk) => desk.offers.find((one) => one.session === session));
  if (!session) return <NoChat />;
  if (!chat) {
    if (coming || watched || offer?.answer === "accept")
      return <Nothing title={t.loading} hint="" back />;
    if (offer) return <Nothing title={t.chat.offered} hint={t.chat.offeredHint} back />;
    const look = lead ? { name: t.watch.open, run: () => watch(session, "lead") } : undefined;
    return <Nothing title={t.chat.unknown} hint={t.chat.unknownHint} back act={look} />;
  }
  return (
    <Fragment key={session}>
      <ChatHeader chat={chat} part={part} view={view} />
      <Strips chat={chat} part={part} />
      <Conversation chat={chat} part={part} />
    </Fragment>
  );
}

import { useI18n } from "../i18n/I18n";
import { useDesk } from "../live/Live";
import { isMine } from "../live/select";
import { ChatHeader } from "./ChatHeader";
import { Conversation } from "./Conversation";
import { NoChat } from "./NoChat";
import { Nothing } from "./Nothing";

interface Props {
  session: string | undefined;
  view: "list" | "chat" | "about";
}

/** The middle pane: the open chat, or what to do when none is open. */
export function ChatPane({ session, view }: Props) {
  const { t } = useI18n();
  const chat = useDesk((desk) => (session ? desk.chats[session] : undefined));
  const me = useDesk((desk) => desk.agent?.id);
  const coming = useDesk((desk) => desk.agent === null);
  const offer = useDesk((desk) => desk.offers.find((one) => one.session === session));
  if (!session) return <NoChat />;
  if (!chat) {
    if (coming || offer?.answer === "accept") return <Nothing title={t.loading} hint="" back />;
    if (offer) return <Nothing title={t.chat.offered} hint={t.chat.offeredHint} back />;
    return <Nothing title={t.chat.unknown} hint={t.chat.unknownHint} back />;
  }
  const mine = isMine(chat, me);
  return (
    <>
      <ChatHeader chat={chat} mine={mine} view={view} />
      <Conversation key={session} chat={chat} mine={mine} />
    </>
  );
}

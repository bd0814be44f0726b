import { useI18n } from "../i18n/I18n";
import { useDesk } from "../live/Live";
import { leftChats, myChats, watchedChats } from "../live/select";
import type { Chat, Desk } from "../live/state";
import { useNow } from "../live/useNow";
import { ChatRow } from "./ChatRow";
import classes from "./ListPane.module.css";

/** What I am working on, what I watch, and what has left me. */
export function ChatList({ open }: { open: string | undefined }) {
  const { t } = useI18n();
  const desk = useDesk((all: Desk) => all);
  const now = useNow(15_000);
  const mine = myChats(desk);
  const empty = desk.offers.length === 0 && mine.length === 0;
  const row = (chat: Chat, place: "mine" | "watched" | "left") => (
    <ChatRow
      key={chat.head.session}
      chat={chat}
      now={now}
      current={chat.head.session === open}
      place={place}
    />
  );
  const groups = [
    { name: t.list.watched, chats: watchedChats(desk), place: "watched" },
    { name: t.list.left, chats: leftChats(desk), place: "left" },
  ] as const;
  return (
    <>
      <section aria-label={t.list.mine}>
        <h2 className={classes.heading}>
          {t.list.mine}
          {mine.length > 0 && <span className={classes.count}>{mine.length}</span>}
        </h2>
        {empty && <p className={classes.none}>{t.list.none}</p>}
        {mine.map((chat) => row(chat, "mine"))}
      </section>
      {groups
        .filter(({ chats }) => chats.length > 0)
        .map(({ name, chats, place }) => (
          <section key={place} aria-label={name}>
            <h2 className={classes.heading}>{name}</h2>
            {chats.map((chat) => row(chat, place))}
          </section>
        ))}
    </>
  );
}

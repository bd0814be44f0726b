import { Link } from "wouter";
import { chatAddress } from "../desk/place";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { Icon } from "../icons/Icon";
import { useDesk } from "../live/Live";
import { problemOf } from "../live/select";
import type { Chat } from "../live/state";
import classes from "./AboutPane.module.css";
import { Facts } from "./Facts";

/** Beside the chat: the problem, why it came to a person, and what else is known. */
export function AboutPane({ session }: { session: string | undefined }) {
  const { t } = useI18n();
  const chat = useDesk((desk) => (session ? desk.chats[session] : undefined));
  return (
    <section className={classes.pane} data-pane="about" aria-label={t.about.label}>
      {session && (
        <Link href={chatAddress(session)} className={classes.back ?? ""} aria-label={t.close}>
          <Icon name="back" size={20} />
          {t.about.label}
        </Link>
      )}
      {chat && <About chat={chat} />}
    </section>
  );
}

function About({ chat }: { chat: Chat }) {
  const { t } = useI18n();
  const problem = problemOf(chat);
  return (
    <>
      <section className={classes.problem}>
        <h2>{t.about.problem}</h2>
        <p dir="auto">{problem || t.list.noWords}</p>
      </section>
      {chat.head.reason && (
        <section className={classes.why} data-urgent={chat.head.reason === "safety" || undefined}>
          <h2>{t.about.why}</h2>
          <p>{wordFor(t.reasons, chat.head.reason)}</p>
        </section>
      )}
      {chat.head.away && <p className={classes.away}>{t.about.away}</p>}
      <Facts chat={chat} />
    </>
  );
}

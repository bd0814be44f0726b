import type { ReactNode } from "react";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { useDesk } from "../live/Live";
import { botTurns, isMine, ratingOf, waitOf } from "../live/select";
import type { Chat } from "../live/state";
import { useNow } from "../live/useNow";
import { fullTime, languageName } from "../text/clock";
import { duration } from "../text/duration";
import { numberInWords, phoneInWords } from "../text/phone";
import classes from "./AboutPane.module.css";
import { SessionId } from "./SessionId";

/** What is known about a chat, one fact a line. */
export function Facts({ chat }: { chat: Chat }) {
  const { t, lang } = useI18n();
  const me = useDesk((desk) => desk.agent);
  const { head, events } = chat;
  const now = useNow(1000, head.owner === "waiting");
  const name = head.owner === "human" ? chat.agentName : undefined;
  const owner = isMine(chat, me?.id) ? `${me?.name} (${t.chat.me})` : name || t.owners[head.owner];
  const bot = botTurns(chat);
  const rating = ratingOf(chat);
  const began = events[0];
  const answers = [t.about.turns(bot.all), bot.unsure > 0 && t.about.unsure(bot.unsure)];
  return (
    <dl className={classes.facts}>
      <Fact name={t.about.owner}>{owner}</Fact>
      <Fact name={t.about.wait}>{duration(waitOf(chat, now), lang)}</Fact>
      <Fact name={t.about.lang}>{languageName(head.lang, lang) || t.about.unknown}</Fact>
      {head.queue && <Fact name={t.about.queue}>{wordFor(t.queues, head.queue)}</Fact>}
      {head.number && <Fact name={t.about.number}>{numberInWords(head.number)}</Fact>}
      {head.call && (
        <Fact name={t.about.call}>
          {head.call.phone ? phoneInWords(head.call.phone) : t.call.missedShort}
        </Fact>
      )}
      {head.hours && <Fact name={t.about.hours}>{head.hours}</Fact>}
      <Fact name={t.about.botTurns}>{answers.filter(Boolean).join(" · ")}</Fact>
      {rating !== undefined && <Fact name={t.about.rating}>{rating} / 5</Fact>}
      {began?.seq === 1 && <Fact name={t.about.started}>{fullTime(began.at, lang)}</Fact>}
      <Fact name={t.about.id}>
        <SessionId id={head.session} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

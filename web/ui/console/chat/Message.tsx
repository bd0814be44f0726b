import { memo } from "react";
import { useI18n } from "../i18n/I18n";
import type { Catalog } from "../i18n/zh-CN";
import type { TextEvent } from "../live/timeline";
import { fullTime, timeOfDay } from "../text/clock";
import { AiLabel } from "./AiLabel";
import classes from "./Message.module.css";
import { MessageText } from "./MessageText";

interface Props {
  event: TextEvent;
  /** The first of several by the same author. */
  first: boolean;
  /** Written by this agent and not by a colleague. */
  mine: boolean;
  /** The last of this side that the visitor has read. */
  read: boolean;
  /** What the colleague is called who is asked. */
  to?: string | undefined;
}

/** One text in a chat: the visitor's on the left, ours on the right. */
export const Message = memo(function Message({ event, first, mine, read, to }: Props) {
  const { t, lang } = useI18n();
  const look = event.kind === "note" ? "note" : event.from;
  const ai = event.ai === true || event.from === "bot";
  const time = fullTime(event.at, lang);
  return (
    <div className={classes.message} data-look={look} data-first={first || ai || undefined}>
      {(first || ai) && (
        <p className={classes.head}>
          <span className={classes.who} dir="auto">
            {authorOf(event, mine, to, t)}
          </span>
          {ai && <AiLabel />}
          {event.kind === "note" && <span className={classes.wide}>{hintOf(event, t)}</span>}
          <time dateTime={event.at} title={time}>
            {timeOfDay(event.at, lang)}
          </time>
        </p>
      )}
      <div className={classes.bubble} title={time}>
        <MessageText text={event.text} />
      </div>
      {(event.intent || event.unsure || read) && (
        <p className={classes.foot}>
          {event.unsure && <span className={classes.unsure}>{t.chat.unsure}</span>}
          {event.intent && <span>{understood(event, t)}</span>}
          {read && <span>{t.chat.read}</span>}
        </p>
      )}
    </div>
  );
});

function authorOf(event: TextEvent, mine: boolean, to: string | undefined, t: Catalog): string {
  const who =
    event.from === "agent" ? (mine ? t.chat.me : event.name || t.chat.agent) : t.chat[event.from];
  if (event.kind !== "note") return who;
  if (event.code === "whisper") return `${t.chat.whisper} · ${who}`;
  return `${event.to ? t.chat.question(to ?? t.moves.somebody) : t.chat.note} · ${who}`;
}

function hintOf(event: TextEvent, t: Catalog): string {
  const whisper = event.kind === "note" && event.code === "whisper";
  return whisper ? t.chat.whisperHint : t.chat.noteHint;
}

function understood({ intent = "", confidence = 0 }: TextEvent, t: Catalog): string {
  return t.chat.intent(intent, `${Math.round(confidence * 100)}%`);
}

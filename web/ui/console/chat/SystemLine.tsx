import { memo } from "react";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import type { Catalog } from "../i18n/zh-CN";
import type { LineEvent } from "../live/timeline";
import { fullTime, timeOfDay } from "../text/clock";
import { oneLine } from "../text/limit";
import classes from "./SystemLine.module.css";

/** A move, notice or rating in one thin line. */
export const SystemLine = memo(function SystemLine({ event }: { event: LineEvent }) {
  const { t, lang } = useI18n();
  return (
    <p className={classes.line} data-kind={event.kind}>
      <span dir="auto">{wordsOf(event, t)}</span>
      <time dateTime={event.at} title={fullTime(event.at, lang)}>
        {timeOfDay(event.at, lang)}
      </time>
    </p>
  );
});

function wordsOf(event: LineEvent, t: Catalog): string {
  switch (event.kind) {
    case "move":
      return moveWords(event, t);
    case "notice":
      return Object.hasOwn(t.notices, event.code)
        ? wordFor(t.notices, event.code)
        : oneLine(event.text || event.code);
    case "rating":
      return [t.chat.rated(event.score), oneLine(event.text ?? "")].filter(Boolean).join(" · ");
    case "decision":
      return oneLine(event.text ?? "");
  }
}

function moveWords(move: LineEvent & { kind: "move" }, t: Catalog): string {
  // "An agent accepted" adds nothing to "Lin joined".
  const reason = move.reason === "accepted" ? "" : wordFor(t.reasons, move.reason);
  const moved =
    move.owner === "human" ? t.moves.human(move.name || t.chat.agent) : t.moves[move.owner];
  return [moved, reason].filter(Boolean).join(" · ");
}

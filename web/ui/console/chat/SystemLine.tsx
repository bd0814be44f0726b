import { memo } from "react";
import { useI18n } from "../i18n/I18n";
import type { LineEvent } from "../live/timeline";
import { fullTime, timeOfDay } from "../text/clock";
import { lineWords } from "./lineWords";
import classes from "./SystemLine.module.css";

interface Props {
  event: LineEvent;
  /** What colleagues are called, by their id. */
  people: Readonly<Record<string, string>>;
}

/** A move, notice, callback or rating in one thin line. */
export const SystemLine = memo(function SystemLine({ event, people }: Props) {
  const { t, lang } = useI18n();
  const words = lineWords(event, { t, lang, people, now: Date.now() });
  return (
    <p className={classes.line} data-kind={event.kind}>
      <span dir="auto">{words}</span>
      <time dateTime={event.at} title={fullTime(event.at, lang)}>
        {timeOfDay(event.at, lang)}
      </time>
    </p>
  );
});

import { memo } from "react";
import { useI18n } from "../i18n/I18n";
import { useDesk } from "../live/Live";
import type { LineEvent } from "../live/timeline";
import { fullTime, timeOfDay } from "../text/clock";
import { lineWords } from "./lineWords";
import classes from "./SystemLine.module.css";

/** A move, notice, callback or rating in one thin line. */
export const SystemLine = memo(function SystemLine({ event }: { event: LineEvent }) {
  const { t, lang } = useI18n();
  const people = useDesk((desk) => desk.people);
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

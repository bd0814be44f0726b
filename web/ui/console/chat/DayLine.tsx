import { useI18n } from "../i18n/I18n";
import { dateInWords, daysAgo } from "../text/clock";
import classes from "./SystemLine.module.css";

/** The day on which what follows was said. */
export function DayLine({ at }: { at: string }) {
  const { t, lang } = useI18n();
  const now = Date.now();
  const words = [t.chat.today, t.chat.yesterday][daysAgo(at, now)];
  return <div className={classes.day}>{words ?? dateInWords(at, now, lang)}</div>;
}

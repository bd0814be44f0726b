import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { useDesk } from "../live/Live";
import { useNow } from "../live/useNow";
import { duration } from "../text/duration";
import classes from "./Lines.module.css";

/** The lines I may see: how many wait, and how long the first has waited. */
export function Lines() {
  const { t, lang } = useI18n();
  const lines = useDesk((desk) => desk.lines);
  const since = useDesk((desk) => desk.linesAt);
  const waiting = lines.filter((line) => line.waiting > 0);
  const now = useNow(1000, waiting.length > 0);
  return (
    <section className={classes.lines} aria-label={t.list.lines}>
      <h2>{t.list.lines}</h2>
      {waiting.length === 0 && <p className={classes.nobody}>{t.list.noLine}</p>}
      {waiting.map((line) => (
        <p key={line.queue}>
          <span className={classes.queue}>{wordFor(t.queues, line.queue)}</span>
          <strong>{t.list.waiting(line.waiting)}</strong>
          <span className={classes.longest}>
            {t.list.longest(duration(line.longest_ms + Math.max(0, now - since), lang))}
          </span>
        </p>
      ))}
    </section>
  );
}

import { useI18n } from "../console/i18n/I18n";
import type { Judged } from "./api";
import classes from "./ops.module.css";
import { Action, Trail } from "./Verdict";
import { useWords } from "./words/useWords";

/** One judgement that opens to its reasons; beside a draft, what that would have made of it. */
export function JudgedRow({ item }: { item: Judged }) {
  const { lang } = useI18n();
  const words = useWords();
  const when = new Date(item.at).toLocaleString(lang, { dateStyle: "short", timeStyle: "medium" });
  return (
    <details className={classes.judged} data-changed={item.changed || undefined}>
      <summary>
        <span className={classes.actions}>
          <Action action={item.was.action} />
          {item.would && item.changed && (
            <>
              <span aria-hidden="true">→</span>
              <Action action={item.would.action} />
            </>
          )}
        </span>
        <span className={classes.when}>
          {when} · {words.decisions.message(item.seq, item.session.slice(-6))}
          {!item.would && item.done !== item.was.action && ` · ${words.decisions.declined}`}
        </span>
      </summary>
      <Trail verdict={item.was} />
      {item.would && item.changed && <Trail verdict={item.would} />}
    </details>
  );
}

import type { Verdict as Decided } from "./api";
import classes from "./ops.module.css";
import { useWords } from "./words/useWords";

/** What was decided, as a word with its colour. */
export function Action({ action }: { action: string }) {
  const words = useWords();
  return (
    <span className={classes.action} data-action={action}>
      {words.actions[action] ?? action}
    </span>
  );
}

/** Why it was decided: each signal with what it counted, from the record alone. */
export function Trail({ verdict }: { verdict: Decided }) {
  const words = useWords();
  const { rows, because } = verdict.table;
  return (
    <div className={classes.trail}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.decisions.signal}</th>
            <th scope="col">{words.decisions.value}</th>
            <th scope="col">{words.decisions.points}</th>
            <th scope="col">{words.decisions.seqs}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.signal} data-decided={row.decided || undefined}>
              <th scope="row">{row.label}</th>
              <td>{row.value}</td>
              <td>{row.points}</td>
              <td>{row.evidence?.join(", ") ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {because} · {words.decisions.policy(verdict.policy)}
      </p>
      {verdict.sentence && (
        <p className={classes.told}>
          {words.decisions.told} “{verdict.sentence}”
        </p>
      )}
    </div>
  );
}

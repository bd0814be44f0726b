import type { Signal } from "./api";
import { type Change, scaleOf } from "./draft";
import classes from "./ops.module.css";
import { useWords } from "./words/useWords";

/** What differs between two policies, one number a line. */
export function ChangeList({ changes, signals }: { changes: Change[]; signals: Signal[] }) {
  const words = useWords();
  const say = ({ field }: Change): [string, string] => {
    if (typeof field === "string") {
      const [label = field, unit = ""] = words.fields[field] ?? [];
      return [label, unit];
    }
    const signal = signals.find((s) => s.signal === field.signal);
    const value = signal?.values[field.value - 1] ?? `${field.value}`;
    return [words.pointsOf(signal?.label ?? field.signal, value), words.unitPoints];
  };
  return (
    <ul className={classes.changes}>
      {changes.map((change) => {
        const [label, unit] = say(change);
        const scale = typeof change.field === "string" ? scaleOf(change.field) : 1;
        return (
          <li key={label}>
            <span>{label}</span>
            <span className={classes.fromTo}>
              <del>{change.from / scale}</del> → <ins>{change.to / scale}</ins> {unit}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

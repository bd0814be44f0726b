import type { ReactNode } from "react";
import { Icon } from "../console/icons/Icon";
import type { Now } from "./api";
import { type Field, type Policy, scaleOf, withPoints } from "./draft";
import { NumberRow } from "./NumberRow";
import classes from "./ops.module.css";
import { useWords } from "./words/useWords";

const WAITS: Field[] = [
  "same_question",
  "failed_turns",
  "bot_silent_offer_ms",
  "bot_silent_transfer_ms",
];
const MARKS: Field[] = ["assist_at", "offer_at", "transfer_at", "fade_over"];
/** How far the sliders of points go; 1,000 can be typed. */
const REACH = 200;

interface Props {
  now: Now;
  draft: Policy;
  readOnly: boolean;
  onChange: (draft: Policy) => void;
}

/** Every number of a policy, in plain words. */
export function Rules({ now, draft, readOnly, onChange }: Props) {
  const words = useWords();
  const number = (field: Field) => {
    const limit = now.limits.find(({ name }) => name === field);
    const scale = scaleOf(field);
    const [label = field, unit = ""] = words.fields[field] ?? [];
    const most = (limit?.most ?? 1000) / scale;
    return (
      <NumberRow
        key={field}
        label={label}
        unit={unit}
        value={draft[field] / scale}
        now={now.policy[field] / scale}
        least={(limit?.least ?? 1) / scale}
        most={most}
        reach={REACH}
        hint={limit?.floor ? words.floor(most, unit) : undefined}
        disabled={readOnly}
        onChange={(value) => onChange({ ...draft, [field]: Math.round(value * scale) })}
      />
    );
  };
  return (
    <div className={classes.rules}>
      <Card title={words.rules.waits} hint={words.rules.waitsHint}>
        {WAITS.map(number)}
      </Card>
      <Card title={words.rules.marks} hint={words.rules.marksHint}>
        {MARKS.map(number)}
      </Card>
      <Card title={words.rules.points} hint={words.rules.pointsHint}>
        <Points now={now} draft={draft} readOnly={readOnly} onChange={onChange} />
      </Card>
      <Card title={words.rules.always}>
        <ul className={classes.always}>
          {words.always.map((rule) => (
            <li key={rule}>
              <Icon name="check" />
              {rule}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Points({ now, draft, readOnly, onChange }: Props) {
  const words = useWords();
  return now.signals.map(({ signal, label, values, always }) => (
    <fieldset className={classes.signal} key={signal}>
      <legend>{label}</legend>
      {values.map((value, at) => (
        <NumberRow
          key={value}
          label={words.pointsOf(label, value)}
          unit={words.unitPoints}
          value={draft.points[signal]?.[at + 1] ?? 0}
          now={now.policy.points[signal]?.[at + 1] ?? 0}
          least={0}
          most={1000}
          reach={REACH}
          hint={always === at + 1 ? words.alwaysFrom(value) : undefined}
          disabled={readOnly}
          onChange={(points) => onChange(withPoints(draft, signal, at + 1, points))}
        />
      ))}
    </fieldset>
  ));
}

function Card({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className={classes.card}>
      <h2>{title}</h2>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children}
    </section>
  );
}

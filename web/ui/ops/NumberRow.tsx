import { NumberInput } from "@mantine/core";
import { useId } from "react";
import classes from "./ops.module.css";
import { useWords } from "./words/useWords";

interface Props {
  label: string;
  unit: string;
  value: number;
  least: number;
  most: number;
  /** How far the slider goes; numbers beyond it are typed. */
  reach?: number;
  now: number;
  hint?: string | undefined;
  disabled: boolean;
  onChange: (value: number) => void;
}

/** One number of a policy: in words, as a slider and as a number, with what it is now and its floor. */
export function NumberRow({ label, unit, value, least, most, now, hint, disabled, ...o }: Props) {
  const words = useWords();
  const id = useId();
  const changed = value !== now;
  return (
    <div className={classes.row} data-changed={changed || undefined}>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      <input
        className={classes.slider}
        type="range"
        min={least}
        max={Math.min(most, o.reach ?? most)}
        value={value}
        disabled={disabled}
        aria-label={words.slider(label)}
        onChange={(event) => o.onChange(event.currentTarget.valueAsNumber)}
      />
      <NumberInput
        id={id}
        className={classes.number}
        min={least}
        max={most}
        clampBehavior="none"
        allowDecimal={false}
        allowNegative={false}
        disabled={disabled}
        value={value}
        onChange={(next) => typeof next === "number" && o.onChange(next)}
      />
      <span className={classes.unit}>{unit}</span>
      <span className={classes.notes}>
        {hint && <small className={classes.floor}>{hint}</small>}
        {changed && <small className={classes.was}>{words.was(`${now}`)}</small>}
      </span>
    </div>
  );
}

import { useEffect, useRef } from "react";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { Icon } from "../icons/Icon";
import { StatusDot } from "../icons/StatusDot";
import classes from "./hand.module.css";
import { isOpen, type Option } from "./options";

interface Props {
  id: string;
  option: Option;
  current: boolean;
  onChoose: (option: Option) => void;
}

/** One line of the list: a queue with who waits in it, or a colleague with status and load. */
export function OptionRow({ id, option, current, onChoose }: Props) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const open = isOpen(option);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input above has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the input above keeps the focus
    <div
      ref={row}
      id={id}
      role="option"
      className={classes.option}
      aria-selected={current}
      aria-disabled={!open || undefined}
      onClick={() => open && onChoose(option)}
    >
      <OptionWords option={option} />
    </div>
  );
}

/** What is said of an option, in the list and once it is chosen. */
export function OptionWords({ option }: { option: Option }) {
  const { t } = useI18n();
  if (option.kind === "queue") {
    return (
      <>
        <Icon name="line" size={16} />
        <span className={classes.name}>{option.words}</span>
        <span className={classes.more}>
          {option.waiting > 0 ? t.list.waiting(option.waiting) : t.list.noLine}
        </span>
      </>
    );
  }
  const { seat } = option;
  const skills = (seat.skills ?? []).map((queue) => wordFor(t.queues, queue)).join(t.comma);
  return (
    <>
      <StatusDot status={seat.status} />
      <span className={classes.name}>
        {option.words}
        {skills && <small>{skills}</small>}
      </span>
      <span className={classes.more}>
        {t.presence[seat.status]} · {t.hand.load(seat.load, seat.capacity)}
      </span>
    </>
  );
}

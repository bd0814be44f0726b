import { UnstyledButton } from "@mantine/core";
import type { AgentMessage } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import classes from "./Composer.module.css";

type Mode = AgentMessage["t"];

interface Props {
  mode: Mode;
  onMode: (mode: Mode) => void;
}

/** Reply or note. The whole composer takes the colour of the note, so that nobody mixes them up. */
export function ModeSwitch({ mode, onMode }: Props) {
  const { t } = useI18n();
  const modes = [
    { value: "message", label: t.composer.reply },
    { value: "note", label: t.composer.note },
  ] as const;
  return (
    <fieldset className={classes.modes} aria-label={t.composer.mode}>
      {modes.map(({ value, label }) => (
        <UnstyledButton
          key={value}
          className={classes.mode ?? ""}
          aria-pressed={mode === value}
          onClick={() => onMode(value)}
        >
          {label}
        </UnstyledButton>
      ))}
      {mode === "note" && <span className={classes.private}>{t.chat.noteHint}</span>}
    </fieldset>
  );
}

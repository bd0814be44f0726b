import { UnstyledButton } from "@mantine/core";
import type { AgentMessage } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import classes from "./Composer.module.css";

type Mode = AgentMessage["t"];

interface Props {
  modes: readonly Mode[];
  mode: Mode;
  onMode: (mode: Mode) => void;
}

/** Reply, whisper or note. The whole composer takes the colour of the note, so that nobody mixes them up. */
export function ModeSwitch({ modes, mode, onMode }: Props) {
  const { t } = useI18n();
  const labels: Record<Mode, string> = {
    message: t.composer.reply,
    whisper: t.composer.whisper,
    note: t.composer.note,
  };
  return (
    <fieldset className={classes.modes} aria-label={t.composer.mode}>
      {modes.map((value) => (
        <UnstyledButton
          key={value}
          className={classes.mode ?? ""}
          aria-pressed={mode === value}
          onClick={() => onMode(value)}
        >
          {labels[value]}
        </UnstyledButton>
      ))}
      {mode !== "message" && <span className={classes.private}>{t.chat.noteHint}</span>}
    </fieldset>
  );
}

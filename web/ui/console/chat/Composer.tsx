import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, useCallback, useRef } from "react";
import type { AgentMessage } from "../../shared/wire";
import { MAX_FRAME } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { useAct } from "../keys/Acts";
import { composes, sends } from "../keys/enter";
import { useCommands, useDesk } from "../live/Live";
import { charsOver, hasWords } from "../text/limit";
import classes from "./Composer.module.css";
import { ModeSwitch } from "./ModeSwitch";
import type { Drafts } from "./useDrafts";
import { useTypingSignal } from "./useTypingSignal";

type Mode = AgentMessage["t"];

interface Props {
  session: string;
  /** To whom one may write here. */
  modes: readonly Mode[];
  mode: Mode;
  onMode: (mode: Mode) => void;
  drafts: Drafts;
}

/** Where the agent writes: to the visitor, or what only colleagues see. */
export function Composer({ session, modes, mode, onMode, drafts }: Props) {
  const { t } = useI18n();
  const { write } = useCommands();
  const limit = useDesk((desk) => desk.limits?.text ?? MAX_FRAME / 2);
  const input = useRef<HTMLTextAreaElement>(null);
  const signal = useTypingSignal(session);
  const text = drafts.texts[mode];
  const over = charsOver(text, limit);
  const ready = hasWords(text) && over === 0;

  const turnTo = useCallback(
    (next: Mode) => {
      onMode(next);
      input.current?.focus();
    },
    [onMode],
  );
  const reply = useCallback(() => turnTo("message"), [turnTo]);
  const note = useCallback(() => turnTo("note"), [turnTo]);
  const whisper = useCallback(() => turnTo("whisper"), [turnTo]);
  useAct("reply", modes.includes("message") ? reply : null);
  useAct("note", modes.includes("note") ? note : null);
  useAct("whisper", modes.includes("whisper") ? whisper : null);

  const send = () => {
    if (ready && write(mode, session, text.trimEnd())) drafts.write(mode, "");
    input.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape" && !composes(event.nativeEvent)) input.current?.blur();
    if (!sends(event.nativeEvent)) return;
    event.preventDefault();
    send();
  };
  const words = {
    message: [t.composer.reply, t.composer.replyPlaceholder, t.composer.send, "send"],
    note: [t.chat.note, t.composer.notePlaceholder, t.composer.saveNote, "note"],
    whisper: [t.composer.whisper, t.composer.whisperPlaceholder, t.composer.sendWhisper, "whisper"],
  } as const;
  const [label, placeholder, button, icon] = words[mode];
  return (
    <div className={classes.composer} data-mode={mode}>
      <ModeSwitch modes={modes} mode={mode} onMode={turnTo} />
      <Textarea
        ref={input}
        aria-label={label}
        placeholder={placeholder}
        autosize
        minRows={2}
        maxRows={8}
        variant="unstyled"
        classNames={{ input: classes.input ?? "" }}
        error={over > 0 ? t.composer.long(over) : null}
        value={text}
        onKeyDown={press}
        onChange={(event) => {
          drafts.write(mode, event.currentTarget.value);
          if (mode === "message") signal();
        }}
      />
      <div className={classes.foot}>
        <span className={classes.hint}>{t.composer.hint}</span>
        <Button
          className={classes.send ?? ""}
          disabled={!ready}
          leftSection={<Icon name={icon} size={16} />}
          onClick={send}
        >
          {button}
        </Button>
      </div>
    </div>
  );
}

import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, useEffect, useState } from "react";
import { MAX_FRAME } from "../../shared/wire";
import { useDrafts } from "../chat/useDrafts";
import { useI18n } from "../i18n/I18n";
import { refusalIn } from "../i18n/refusal";
import { sends } from "../keys/enter";
import { useCommands, useDesk } from "../live/Live";
import { waitOf } from "../live/select";
import type { Chat } from "../live/state";
import { useNow } from "../live/useNow";
import { duration } from "../text/duration";
import { charsOver, hasWords } from "../text/limit";
import classes from "./hand.module.css";
import type { Handing } from "./handing";
import { OptionWords } from "./OptionRow";
import type { Option } from "./options";

interface Props {
  chat: Chat;
  what: Handing;
  option: Option;
  onBack: () => void;
  onClose: () => void;
}

/** To whom it goes, the words that go along, and what it means for the visitor. */
export function HandForm({ chat, what, option, onBack, onClose }: Props) {
  const { t, lang } = useI18n();
  const { transfer, consult, forgetAct } = useCommands();
  const { session } = chat.head;
  const drafts = useDrafts(session);
  const text = drafts.texts[what];
  const limit = useDesk((desk) => desk.limits?.text ?? MAX_FRAME / 2);
  const over = charsOver(text, limit);
  const online = useDesk((desk) => desk.link === "online");
  const [asked, ask] = useState<string | null>(null);
  const act = useDesk((desk) => desk.acts.find(({ id }) => id === asked));
  const now = useNow(1000);
  const words = t.hand[what];
  const pending = act !== undefined && !act.failure;
  const ready = online && !pending && over === 0 && (what === "transfer" || hasWords(text));

  useEffect(() => {
    if (!asked || act) return; // not asked yet, or not done
    drafts.write(what, "");
    onClose();
  }, [asked, act, drafts, what, onClose]);

  const go = () => {
    if (!ready) return;
    if (asked) forgetAct(asked);
    const note = hasWords(text) ? text.trim() : "";
    if (what === "transfer") ask(transfer(session, targetOf(option), note));
    else if (option.kind === "colleague") ask(consult(session, option.seat.agent, note));
  };
  const press = (event: KeyboardEvent) => {
    if (!sends(event.nativeEvent)) return;
    event.preventDefault();
    go();
  };
  const hint =
    option.kind === "colleague" ? words.colleagueHint(option.words) : t.hand.transfer.queueHint;
  return (
    <div className={classes.form}>
      <div className={classes.chosen}>
        <OptionWords option={option} />
        <Button variant="subtle" h={32} px={12} onClick={onBack}>
          {t.hand.change}
        </Button>
      </div>
      <Textarea
        ref={focus}
        label={words.text}
        autosize
        minRows={3}
        maxRows={8}
        value={text}
        error={over > 0 ? t.composer.long(over) : null}
        onChange={(event) => drafts.write(what, event.currentTarget.value)}
        onKeyDown={press}
      />
      <p className={classes.hint}>
        {hint} {what === "transfer" && t.hand.transfer.keeps(duration(waitOf(chat, now), lang))}
      </p>
      {act?.failure && (
        <p className={classes.refused} role="alert">
          {refusalIn(t, act.t, act.failure)}
        </p>
      )}
      <div className={classes.buttons}>
        <span className={classes.keys}>{t.hand.enter}</span>
        <Button variant="default" onClick={onClose}>
          {t.cancel}
        </Button>
        <Button disabled={!ready} loading={pending} onClick={go}>
          {words.go}
        </Button>
      </div>
    </div>
  );
}

/** Focused as soon as it is there: the next thing to do is to write. */
function focus(input: HTMLTextAreaElement | null): void {
  input?.focus();
}

function targetOf(option: Option): { queue: string } | { agent: string } {
  return option.kind === "queue" ? { queue: option.queue } : { agent: option.seat.agent };
}

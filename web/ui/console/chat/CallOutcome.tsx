import { Button, Radio, Textarea } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { MAX_FRAME } from "../../shared/wire";
import { Dialog } from "../desk/Dialog";
import { useI18n } from "../i18n/I18n";
import { sends } from "../keys/enter";
import { useCommands, useDesk } from "../live/Live";
import { charsOver } from "../text/limit";
import classes from "./CallOutcome.module.css";

const outcomes = ["solved", "later", "unreached", "wrong"] as const;

interface Props {
  session: string;
  opened: boolean;
  onClose: () => void;
}

/** What came of a call: noted for colleagues, and the chat is closed. */
export function CallOutcome({ session, opened, onClose }: Props) {
  const { t } = useI18n();
  return (
    <Dialog opened={opened} onClose={onClose} title={t.call.finishTitle}>
      <Outcome session={session} onClose={onClose} />
    </Dialog>
  );
}

function Outcome({ session, onClose }: Omit<Props, "opened">) {
  const { t } = useI18n();
  const { write, close } = useCommands();
  const online = useDesk((desk) => desk.link === "online");
  const limit = useDesk((desk) => desk.limits?.text ?? MAX_FRAME / 2);
  const [outcome, choose] = useState<(typeof outcomes)[number]>("solved");
  const [more, setMore] = useState("");
  const text = [t.call.outcomes[outcome], more.trim()].filter(Boolean).join("\n");
  const over = charsOver(text, limit);
  const ready = online && over === 0;
  const go = () => {
    // The note goes first on the same socket, so it is in the log before the chat is closed.
    if (!ready || !write("note", session, text)) return;
    close(session);
    onClose();
  };
  const press = (event: KeyboardEvent) => {
    if (!sends(event.nativeEvent)) return;
    event.preventDefault();
    go();
  };
  return (
    <div className={classes.form}>
      <Radio.Group
        label={t.call.outcome}
        value={outcome}
        onChange={(value) => choose(outcomes.find((one) => one === value) ?? "solved")}
      >
        <div className={classes.choices}>
          {outcomes.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t.call.outcomes[one]}
              data-autofocus={one === outcome || undefined}
            />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={t.call.note}
        autosize
        minRows={2}
        maxRows={6}
        value={more}
        error={over > 0 ? t.composer.long(over) : null}
        onChange={(event) => setMore(event.currentTarget.value)}
        onKeyDown={press}
      />
      <p className={classes.hint}>{t.call.finishHint}</p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t.cancel}
        </Button>
        <Button disabled={!ready} onClick={go}>
          {t.call.save}
        </Button>
      </div>
    </div>
  );
}

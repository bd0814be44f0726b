import { Button } from "@mantine/core";
import type { AgentMessage } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import { refusalIn } from "../i18n/refusal";
import { useCommands } from "../live/Live";
import type { Unsent } from "../live/state";
import classes from "./Message.module.css";
import { MessageText } from "./MessageText";

interface Props {
  unsent: Unsent;
  onTakeBack: (frame: AgentMessage) => void;
}

/** A text of mine on its way, or one that was refused, with what can be done about it. */
export function UnsentMessage({ unsent: { frame, failure }, onTakeBack }: Props) {
  const { t } = useI18n();
  const { retry, drop } = useCommands();
  const takeBack = () => {
    drop(frame.id);
    onTakeBack(frame);
  };
  return (
    <div
      className={classes.message}
      data-look={frame.t === "message" ? "agent" : "note"}
      data-first
    >
      <div className={classes.bubble} data-unsent={failure ? "failed" : "sending"}>
        <MessageText text={frame.text} />
      </div>
      {failure ? (
        <div className={classes.failed} role="alert">
          <p>{t.chat.failed(refusalIn(t, frame.t, failure))}</p>
          <Button variant="default" onClick={() => retry(frame.id)}>
            {t.chat.retry}
          </Button>
          <Button variant="subtle" onClick={takeBack}>
            {t.chat.discard}
          </Button>
        </div>
      ) : (
        <p className={classes.foot}>{t.chat.sending}</p>
      )}
    </div>
  );
}

import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import type { Held } from "../../shared/wire";
import { useOpenChat } from "../desk/place";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { Icon } from "../icons/Icon";
import { useCommands } from "../live/Live";
import { visitorTag } from "../live/select";
import { age } from "../text/duration";
import { oneLine } from "../text/limit";
import classes from "./SeatCard.module.css";

interface Props {
  held: Held;
  mine: boolean;
  current: boolean;
}

/** A chat that a colleague answers. Choosing it watches it: neither side notices. */
export function HeldRow({ held, mine, current }: Props) {
  const { t, lang } = useI18n();
  const { watch } = useCommands();
  const go = useOpenChat();
  const { session } = held;
  const look = () => {
    if (!mine) watch(session, "lead");
    go(session);
  };
  return (
    <li>
      <UnstyledButton
        className={classes.held ?? ""}
        aria-current={current ? "true" : undefined}
        onClick={look}
      >
        {!mine && <VisuallyHidden>{t.watch.start} </VisuallyHidden>}
        <span className={classes.top}>
          <strong>{t.list.visitor(visitorTag(session))}</strong>
          <span>{wordFor(t.queues, held.queue)}</span>
          <span>{age(held.held_ms, lang)}</span>
          {!mine && <Icon name="eye" size={16} />}
        </span>
        <span className={classes.summary} dir="auto">
          {oneLine(held.summary ?? "", 60) || wordFor(t.reasons, held.reason) || t.list.noWords}
        </span>
      </UnstyledButton>
    </li>
  );
}

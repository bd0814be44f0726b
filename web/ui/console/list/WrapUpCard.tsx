import { Button } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { useCommands, useDesk } from "../live/Live";
import { useNow } from "../live/useNow";
import { duration } from "../text/duration";
import classes from "./IdleCard.module.css";

/** The time for notes after a chat: how much is left of it, and the way to end it sooner. */
export function WrapUpCard() {
  const { t, lang } = useI18n();
  const seat = useDesk((desk) => desk.seat);
  const at = useDesk((desk) => desk.seatAt);
  const online = useDesk((desk) => desk.link === "online");
  const { presence } = useCommands();
  const wraps = seat?.status === "wrap_up";
  const now = useNow(1000, wraps);
  if (!wraps) return null;
  const left = Math.max(0, (seat.wrap_ms ?? 0) - Math.max(0, now - at));
  return (
    <div className={classes.card} data-look="wrap-up">
      <strong>{t.wrapUp.title}</strong>
      {seat.wrap_ms !== undefined && (
        <span role="timer" className={classes.left}>
          {t.wrapUp.left(duration(left, lang))}
        </span>
      )}
      <span>{t.wrapUp.hint}</span>
      <Button disabled={!online} onClick={() => presence("available")}>
        {t.wrapUp.ready}
      </Button>
    </div>
  );
}

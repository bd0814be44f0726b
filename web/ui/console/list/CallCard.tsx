import { Button } from "@mantine/core";
import type { Callback } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { useDesk } from "../live/Live";
import { useNow } from "../live/useNow";
import { dayAndTime, languageName } from "../text/clock";
import { duration } from "../text/duration";
import { oneLine } from "../text/limit";
import { numberInWords, phoneInWords } from "../text/phone";
import classes from "./OfferCard.module.css";

interface Props {
  one: Callback;
  /** When the list was told. */
  at: number;
  onTake: () => void;
}

/** One who waits for a call or was missed. */
export function CallCard({ one, at, onTake }: Props) {
  const { t, lang } = useI18n();
  const now = useNow(15_000);
  const online = useDesk((desk) => desk.link === "online");
  const pending = useDesk((desk) =>
    desk.acts.some((act) => act.t === "take" && act.session === one.session),
  );
  const { call } = one;
  const due = !call.when || Date.parse(call.when) <= now;
  const when = call.when ? t.call.from(dayAndTime(call.when, now, lang)) : t.call.soon;
  const title = call.phone ? phoneInWords(call.phone) : t.call.missedShort;
  return (
    <article className={classes.card} data-look="call" aria-label={title}>
      <h3 className={classes.phone}>{title}</h3>
      {call.phone && (
        <p className={classes.when} data-due={due || undefined}>
          {when}
        </p>
      )}
      {one.summary && (
        <p className={classes.summary} dir="auto">
          {oneLine(one.summary)}
        </p>
      )}
      <p className={classes.facts}>
        <span>{t.chat.number(numberInWords(one.number))}</span>
        <span>{t.offer.waited(duration(one.wait_ms + Math.max(0, now - at), lang))}</span>
        <span>{wordFor(t.queues, one.queue)}</span>
        {one.lang && <span>{languageName(one.lang, lang)}</span>}
      </p>
      {one.taken ? (
        <p className={classes.facts}>{t.call.taken}</p>
      ) : (
        <Button
          fullWidth
          variant={due ? "filled" : "default"}
          loading={pending}
          disabled={!online}
          onClick={onTake}
        >
          {call.phone ? t.call.take : t.call.takeMissed}
        </Button>
      )}
    </article>
  );
}

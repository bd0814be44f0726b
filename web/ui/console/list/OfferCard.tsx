import { Button } from "@mantine/core";
import type { Call } from "../../shared/wire";
import { useOpenChat } from "../desk/place";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { useCommands, useDesk } from "../live/Live";
import type { Offered } from "../live/state";
import { useNow } from "../live/useNow";
import { dayAndTime, languageName } from "../text/clock";
import { duration } from "../text/duration";
import { oneLine } from "../text/limit";
import { numberInWords, phoneInWords } from "../text/phone";
import { Countdown } from "./Countdown";
import classes from "./OfferCard.module.css";

/** One visitor who is held for me for a moment: why, how long already, and the problem in a line. */
export function OfferCard({ offer }: { offer: Offered }) {
  const { t, lang } = useI18n();
  const { accept, decline } = useCommands();
  const go = useOpenChat();
  const online = useDesk((desk) => desk.link === "online");
  const now = useNow(1000);
  const waited = duration(offer.wait_ms + now - offer.receivedAt, lang);
  const callTime = ({ phone, when }: Call) => {
    if (!phone) return t.call.missedShort;
    return when ? t.call.from(dayAndTime(when, now, lang)) : t.call.soon;
  };
  const take = () => {
    accept(offer.offer);
    go(offer.session);
  };
  return (
    <article className={classes.card} data-urgent={offer.reason === "safety" || undefined}>
      <Countdown until={offer.until} whole={offer.left_ms} now={now} />
      <h3 className={classes.reason}>{wordFor(t.reasons, offer.reason)}</h3>
      {offer.call && (
        <p className={classes.when} data-due>
          {[offer.call.phone && phoneInWords(offer.call.phone), callTime(offer.call)]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
      {offer.summary && (
        <p className={classes.summary} dir="auto">
          {oneLine(offer.summary)}
        </p>
      )}
      <p className={classes.facts}>
        <span>{t.offer.waited(waited)}</span>
        {offer.number && <span>{t.chat.number(numberInWords(offer.number))}</span>}
        <span>{wordFor(t.queues, offer.queue)}</span>
        {offer.lang && <span>{languageName(offer.lang, lang)}</span>}
      </p>
      <div className={classes.buttons}>
        <Button loading={offer.answer === "accept"} disabled={!online} onClick={take}>
          {t.offer.accept}
        </Button>
        <Button
          variant="default"
          disabled={!online || offer.answer !== undefined}
          onClick={() => decline(offer.offer)}
        >
          {t.offer.decline}
        </Button>
      </div>
    </article>
  );
}

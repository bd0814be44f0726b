import { Button } from "@mantine/core";
import { useOpenChat } from "../desk/place";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { useCommands, useDesk } from "../live/Live";
import { useNow } from "../live/useNow";
import { oneLine } from "../text/limit";
import { phoneInWords } from "../text/phone";
import { Countdown } from "./Countdown";
import classes from "./OfferBar.module.css";

/** The first offer above an open chat, where a narrow screen hides the list. */
export function OfferBar() {
  const { t } = useI18n();
  const offer = useDesk((desk) => desk.offers.find((one) => one.answer === undefined));
  const others = useDesk((desk) => desk.offers.length - 1);
  const { accept, decline } = useCommands();
  const go = useOpenChat();
  const now = useNow(1000, offer !== undefined);
  if (!offer) return null;
  const take = () => {
    accept(offer.offer);
    go(offer.session);
  };
  return (
    <section className={classes.bar} aria-label={t.list.offers}>
      <Countdown until={offer.until} whole={offer.left_ms} now={now} />
      <p className={classes.words}>
        <strong>{wordFor(t.reasons, offer.reason)}</strong>
        {others > 0 && <span className={classes.dim}>{t.offer.more(others)}</span>}
        {offer.call?.phone && <span className={classes.dim}>{phoneInWords(offer.call.phone)}</span>}
        {offer.summary && <span className={classes.line}>{oneLine(offer.summary, 60)}</span>}
      </p>
      <div className={classes.buttons}>
        <Button onClick={take}>{t.offer.accept}</Button>
        <Button variant="default" onClick={() => decline(offer.offer)}>
          {t.offer.decline}
        </Button>
      </div>
    </section>
  );
}

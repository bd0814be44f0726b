import { useI18n } from "../i18n/I18n";
import { useDesk } from "../live/Live";
import { leftChats, myChats } from "../live/select";
import type { Desk } from "../live/state";
import { useNow } from "../live/useNow";
import { ChatRow } from "./ChatRow";
import { IdleCard } from "./IdleCard";
import { Lines } from "./Lines";
import classes from "./ListPane.module.css";
import { OfferCard } from "./OfferCard";

/** What is offered, what I am working on, and how long the line is. */
export function ListPane({ open }: { open: string | undefined }) {
  const { t } = useI18n();
  const desk = useDesk((all: Desk) => all);
  const now = useNow(15_000);
  const mine = myChats(desk);
  const left = leftChats(desk);
  const empty = desk.offers.length === 0 && mine.length === 0;
  return (
    <nav className={classes.pane} data-pane="list" aria-label={t.list.label}>
      <div className={classes.scroll}>
        <IdleCard />
        {desk.offers.length > 0 && (
          <section aria-label={t.list.offers} className={classes.offers}>
            <h2 className={classes.heading}>
              {t.list.offers}
              <span className={classes.count}>{desk.offers.length}</span>
            </h2>
            {desk.offers.map((offer) => (
              <OfferCard key={offer.offer} offer={offer} />
            ))}
          </section>
        )}
        <section aria-label={t.list.mine}>
          <h2 className={classes.heading}>
            {t.list.mine}
            {mine.length > 0 && <span className={classes.count}>{mine.length}</span>}
          </h2>
          {empty && <p className={classes.none}>{t.list.none}</p>}
          {mine.map((chat) => (
            <ChatRow
              key={chat.head.session}
              chat={chat}
              now={now}
              current={chat.head.session === open}
            />
          ))}
        </section>
        {left.length > 0 && (
          <section aria-label={t.list.left}>
            <h2 className={classes.heading}>{t.list.left}</h2>
            {left.map((chat) => (
              <ChatRow
                key={chat.head.session}
                chat={chat}
                now={now}
                current={chat.head.session === open}
                left
              />
            ))}
          </section>
        )}
      </div>
      <Lines />
    </nav>
  );
}

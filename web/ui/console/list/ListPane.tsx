import { useI18n } from "../i18n/I18n";
import { useDesk } from "../live/Live";
import { CallList } from "./CallList";
import { ChatList } from "./ChatList";
import { ConsultCard } from "./ConsultCard";
import { IdleCard } from "./IdleCard";
import { Lines } from "./Lines";
import classes from "./ListPane.module.css";
import { OfferCard } from "./OfferCard";
import { Tabs } from "./Tabs";
import { TeamList } from "./TeamList";
import type { Tab } from "./tab";
import { WrapUpCard } from "./WrapUpCard";

interface Props {
  open: string | undefined;
  tab: Tab;
  onTab: (tab: Tab) => void;
}

/** What is asked of me now, above what I chose to look at, above how long the line is. */
export function ListPane({ open, tab, onTab }: Props) {
  const { t } = useI18n();
  const offers = useDesk((desk) => desk.offers);
  const consults = useDesk((desk) => desk.consults);
  return (
    <nav className={classes.pane} data-pane="list" aria-label={t.list.label}>
      <Tabs tab={tab} onTab={onTab} />
      <div className={classes.scroll}>
        <IdleCard />
        <WrapUpCard />
        {offers.length > 0 && (
          <section aria-label={t.list.offers} className={classes.offers}>
            <h2 className={classes.heading}>
              {t.list.offers}
              <span className={classes.count}>{offers.length}</span>
            </h2>
            {offers.map((offer) => (
              <OfferCard key={offer.offer} offer={offer} />
            ))}
          </section>
        )}
        {consults.length > 0 && (
          <section aria-label={t.list.consults} className={classes.offers}>
            <h2 className={classes.heading}>{t.list.consults}</h2>
            {consults.map((consult) => (
              <ConsultCard key={consult.session} consult={consult} />
            ))}
          </section>
        )}
        <div id="list-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
          {tab === "chats" && <ChatList open={open} />}
          {tab === "calls" && <CallList />}
          {tab === "team" && <TeamList open={open} />}
        </div>
      </div>
      <Lines />
    </nav>
  );
}

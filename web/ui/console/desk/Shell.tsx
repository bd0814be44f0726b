import { useState } from "react";
import { useLocation } from "wouter";
import { AboutPane } from "../about/AboutPane";
import { Alerts } from "../alerts/Alerts";
import type { Account } from "../api/account";
import { ChatPane } from "../chat/ChatPane";
import { useI18n } from "../i18n/I18n";
import { useAct } from "../keys/Acts";
import { KeysOverlay } from "../keys/KeysOverlay";
import { ListPane } from "../list/ListPane";
import { OfferBar } from "../list/OfferBar";
import { useDesk } from "../live/Live";
import { Records } from "../records/Records";
import { Header } from "./Header";
import { LinkStrip } from "./LinkStrip";
import { Notices } from "./Notices";
import { useInRecords, usePlace } from "./place";
import classes from "./Shell.module.css";
import { useShown } from "./useShown";
import { useTab } from "./useTab";
import { useWalk } from "./useWalk";

/** The three panes and what surrounds them. A narrow screen shows one pane at a time. */
export function Shell({ account }: { account: Account }) {
  const { t } = useI18n();
  const { session, view } = usePlace();
  const bare = useDesk((desk) => !session || !desk.chats[session]);
  const [help, showHelp] = useState(false);
  const [openHelp] = useState(() => () => showHelp(true));
  const [tab, setTab] = useTab();
  const inRecords = useInRecords();
  const [, navigate] = useLocation();
  const [toRecords] = useState(() => () => navigate("/records"));
  useAct("help", openHelp);
  useAct("records", inRecords ? null : toRecords);
  useWalk(session, !inRecords);
  useShown();
  return (
    <div className={classes.shell} data-view={view} data-bare={bare || undefined}>
      <a className={classes.skip} href="#chat">
        {t.skip}
      </a>
      <Header account={account} onHelp={openHelp} />
      <div className={classes.strips}>
        <LinkStrip />
        <Notices />
        {(session || inRecords) && <OfferBar />}
      </div>
      {inRecords ? (
        <main id="chat" className={classes.records} aria-label={t.records.title} tabIndex={-1}>
          <Records account={account} />
        </main>
      ) : (
        <main className={classes.panes}>
          <ListPane open={session} tab={tab} onTab={setTab} />
          <section id="chat" className={classes.chat} aria-label={t.chat.label} tabIndex={-1}>
            <ChatPane session={session} view={view} />
          </section>
          <AboutPane session={session} />
        </main>
      )}
      <Alerts open={session} />
      <KeysOverlay opened={help} onClose={() => showHelp(false)} />
    </div>
  );
}

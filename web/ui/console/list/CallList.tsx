import { useEffect, useState } from "react";
import { useOpenChat } from "../desk/place";
import { useAskedOften } from "../hand/useRoster";
import { useI18n } from "../i18n/I18n";
import { useCommands, useDesk } from "../live/Live";
import { isMine } from "../live/select";
import { CallCard } from "./CallCard";
import classes from "./ListPane.module.css";

/** Who is to be called and who was missed, in the order of the calls. */
export function CallList() {
  const { t } = useI18n();
  const { callbacks, take } = useCommands();
  useAskedOften(callbacks);
  const list = useDesk((desk) => desk.callbacks);
  const at = useDesk((desk) => desk.callbacksAt);
  const [taking, setTaking] = useState<string>();
  useOpenOnceMine(taking);
  const calls = list?.callbacks ?? [];
  return (
    <section aria-label={t.tabs.calls}>
      <h2 className={classes.heading}>
        {t.call.list}
        {calls.length > 0 && (
          <span className={classes.count}>
            {calls.length}
            {list?.more && "+"}
          </span>
        )}
      </h2>
      {list && calls.length === 0 && (
        <p className={classes.empty}>
          {t.call.nobody}
          <br />
          {t.call.nobodyHint}
        </p>
      )}
      {!list && <p className={classes.empty}>{t.loading}</p>}
      <div className={classes.offers}>
        {calls.map((one) => (
          <CallCard
            key={one.session}
            one={one}
            at={at}
            onTake={() => {
              setTaking(one.session);
              take(one.session);
            }}
          />
        ))}
      </div>
      {list?.more && <p className={classes.empty}>{t.call.more}</p>}
    </section>
  );
}

/** Goes to a chat once the server has given it to this agent. */
function useOpenOnceMine(session: string | undefined): void {
  const go = useOpenChat();
  const mine = useDesk((desk) => {
    const chat = session ? desk.chats[session] : undefined;
    return chat !== undefined && isMine(chat, desk.agent?.id);
  });
  useEffect(() => {
    if (mine && session) go(session);
  }, [mine, session, go]);
}

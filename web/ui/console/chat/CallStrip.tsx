import { Button } from "@mantine/core";
import { useState } from "react";
import type { Call } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import type { Chat } from "../live/state";
import { dayAndTime } from "../text/clock";
import { CallOutcome } from "./CallOutcome";
import { PhoneNumber } from "./PhoneNumber";
import { Strip } from "./Strips";
import classes from "./Strips.module.css";

interface Props {
  chat: Chat;
  call: Call;
  mine: boolean;
}

/** Who is to be called, where and when, and the way to end it once that is done. */
export function CallStrip({ chat, call, mine }: Props) {
  const { t, lang } = useI18n();
  const [done, setDone] = useState(false);
  const { hours, session } = chat.head;
  const when = call.when ? t.call.from(dayAndTime(call.when, Date.now(), lang)) : t.call.soon;
  return (
    <Strip icon="phone" look="call">
      {call.phone ? (
        <>
          <PhoneNumber phone={call.phone} />
          <span>{when}</span>
        </>
      ) : (
        <span>{t.call.missedHint}</span>
      )}
      {hours && <span className={classes.dim}>{t.call.hours(hours)}</span>}
      {mine && (
        <>
          <Button variant="light" h={32} px={12} onClick={() => setDone(true)}>
            {t.call.finish}
          </Button>
          <CallOutcome session={session} opened={done} onClose={() => setDone(false)} />
        </>
      )}
    </Strip>
  );
}

import { Button } from "@mantine/core";
import type { Consult } from "../../shared/wire";
import { useOpenChat } from "../desk/place";
import { useI18n } from "../i18n/I18n";
import { maySupervise } from "../live/facts";
import { useCommands, useDesk } from "../live/Live";
import { visitorTag } from "../live/select";
import { oneLine } from "../text/limit";
import classes from "./OfferCard.module.css";

/** A colleague who asks for help with a chat. It stays until it is looked at or put aside. */
export function ConsultCard({ consult: { session, from } }: { consult: Consult }) {
  const { t } = useI18n();
  const { watch, answered } = useCommands();
  const go = useOpenChat();
  const online = useDesk((desk) => desk.link === "online");
  const as = useDesk((desk) => (maySupervise(desk.agent?.role) ? "lead" : "guest"));
  const look = () => {
    watch(session, as);
    answered(session);
    go(session);
  };
  return (
    <article className={classes.card} data-look="consult">
      <h3 className={classes.reason} dir="auto">
        {t.consult.asks(oneLine(from, 40))}
      </h3>
      <p className={classes.facts}>{t.consult.about(visitorTag(session))}</p>
      <div className={classes.buttons}>
        <Button disabled={!online} onClick={look}>
          {t.consult.look}
        </Button>
        <Button variant="default" onClick={() => answered(session)}>
          {t.consult.later}
        </Button>
      </div>
    </article>
  );
}

import type { Colleague } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { StatusDot } from "../icons/StatusDot";
import { HeldRow } from "./HeldRow";
import classes from "./SeatCard.module.css";

interface Props {
  seat: Colleague;
  /** It is one's own. */
  me: boolean;
  open: string | undefined;
}

/** One colleague: status, load, what is served, and the chats that a lead may look into. */
export function SeatCard({ seat, me, open }: Props) {
  const { t } = useI18n();
  const { status, load, capacity, holds = [] } = seat;
  const skills = (seat.skills ?? []).map((queue) => wordFor(t.queues, queue)).join(t.comma);
  return (
    <article className={classes.card} aria-label={seat.name}>
      <div className={classes.head}>
        <StatusDot status={status} />
        <h3 dir="auto">
          {seat.name || seat.agent}
          {me && <small> ({t.chat.me})</small>}
        </h3>
        <span className={classes.status}>{t.presence[status]}</span>
        <span className={classes.load}>{t.hand.load(load, capacity)}</span>
      </div>
      {skills && <p className={classes.skills}>{skills}</p>}
      {holds.length > 0 && (
        <ul className={classes.holds}>
          {holds.map((held) => (
            <HeldRow key={held.session} held={held} mine={me} current={held.session === open} />
          ))}
        </ul>
      )}
    </article>
  );
}

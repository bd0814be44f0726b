import { useI18n } from "../i18n/I18n";
import classes from "./Countdown.module.css";

/** The last seconds are shown in another colour. */
const SOON_S = 8;

/** How long an offer still stands, in a number and in a bar. */
export function Countdown({ until, whole, now }: { until: number; whole: number; now: number }) {
  const { t } = useI18n();
  const left = Math.max(0, until - now);
  const seconds = Math.ceil(left / 1000);
  const share = whole > 0 ? Math.min(1, left / whole) : 0;
  const soon = seconds <= SOON_S || undefined;
  return (
    <>
      <span className={classes.track} aria-hidden="true">
        <span
          className={classes.bar}
          data-soon={soon}
          style={{ transform: `scaleX(${share.toFixed(3)})` }}
        />
      </span>
      <span className={classes.number} data-soon={soon} role="timer">
        {t.offer.left(seconds)}
      </span>
    </>
  );
}

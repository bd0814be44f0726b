import { useI18n } from "../i18n/I18n";
import { useNow } from "../live/useNow";
import classes from "./Message.module.css";

/** Says that the visitor is typing, for as long as that was heard of lately. */
export function TypingLine({ until }: { until: number }) {
  const { t } = useI18n();
  const now = useNow(500, until > Date.now());
  const typing = until > now;
  return (
    <p className={classes.typing} role="status">
      {typing && (
        <>
          <span className={classes.dots} aria-hidden="true">
            <span />
            <span />
            <span />
          </span>
          {t.chat.typing}
        </>
      )}
    </p>
  );
}

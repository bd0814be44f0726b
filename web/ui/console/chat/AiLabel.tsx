import { useI18n } from "../i18n/I18n";
import classes from "./Message.module.css";

/** Says that a machine wrote this. It stands at every text of the bot. */
export function AiLabel() {
  const { t } = useI18n();
  return (
    <span className={classes.ai}>
      <abbr title={t.chat.aiLong}>{t.chat.ai}</abbr>
    </span>
  );
}

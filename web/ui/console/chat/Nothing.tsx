import { Link } from "wouter";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import classes from "./Nothing.module.css";

/** The pane without a chat. It fades in late, because usually the chat is just on its way. */
export function Nothing({ title, hint, back }: { title: string; hint: string; back?: boolean }) {
  const { t } = useI18n();
  return (
    <div className={classes.nothing} data-late={back}>
      <span className={classes.sign}>
        <Icon name="chat" size={36} />
      </span>
      <strong>{title}</strong>
      <span>{hint}</span>
      {back && <Link href="/">{t.chat.back}</Link>}
    </div>
  );
}

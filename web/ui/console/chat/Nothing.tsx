import { Button } from "@mantine/core";
import { Link } from "wouter";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import classes from "./Nothing.module.css";

interface Props {
  title: string;
  hint: string;
  /** There is a way back to the list. */
  back?: boolean;
  act?: { name: string; run: () => void } | undefined;
}

/** The pane without a chat. It fades in late, because usually the chat is just on its way. */
export function Nothing({ title, hint, back, act }: Props) {
  const { t } = useI18n();
  return (
    <div className={classes.nothing} data-late={back}>
      <span className={classes.sign}>
        <Icon name="chat" size={36} />
      </span>
      <strong>{title}</strong>
      <span>{hint}</span>
      {act && (
        <Button variant="light" onClick={act.run}>
          {act.name}
        </Button>
      )}
      {back && <Link href="/">{t.chat.back}</Link>}
    </div>
  );
}

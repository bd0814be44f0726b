import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { useDesk } from "../live/Live";
import classes from "./LinkStrip.module.css";

/** One line below the header while the server is not there. */
export function LinkStrip() {
  const { t } = useI18n();
  const link = useDesk((desk) => desk.link);
  const began = useDesk((desk) => desk.agent !== null);
  if (link === "online" || link === "revoked") return <div role="status" />;
  const words =
    link === "refused"
      ? t.link.refused
      : link === "restarting"
        ? t.link.restart
        : began || link === "offline"
          ? t.link.offline
          : t.link.connecting;
  return (
    <div className={classes.strip} data-bad={link === "refused" || undefined} role="status">
      <Icon name="alert" size={16} />
      {words}
    </div>
  );
}

import { useI18n } from "../i18n/I18n";
import type { Catalog } from "../i18n/zh-CN";
import { Icon } from "../icons/Icon";
import { useDesk } from "../live/Live";
import type { Link } from "../live/state";
import classes from "./LinkStrip.module.css";

/** One line below the header while the server is not there. */
export function LinkStrip() {
  const { t } = useI18n();
  const link = useDesk((desk) => desk.link);
  const began = useDesk((desk) => desk.agent !== null);
  if (link === "online") return <div role="status" />;
  const bad = link === "refused" || link === "revoked";
  return (
    <div className={classes.strip} data-bad={bad || undefined} role="status">
      <Icon name="alert" size={16} />
      {wordsOf(link, began, t)}
    </div>
  );
}

function wordsOf(link: Link, began: boolean, t: Catalog): string {
  if (link === "revoked") return t.signIn.revoked;
  if (link === "refused") return t.link.refused;
  if (link === "restarting") return t.link.restart;
  return began || link === "offline" ? t.link.offline : t.link.connecting;
}

import { useI18n } from "../i18n/I18n";
import { useDesk } from "../live/Live";
import { Nothing } from "./Nothing";

/** No chat is open: says whether there is one to choose, one to wait for, or none to come. */
export function NoChat() {
  const { t } = useI18n();
  const some = useDesk((desk) => desk.offers.length > 0 || Object.keys(desk.chats).length > 0);
  const status = useDesk((desk) => desk.wanted ?? desk.seat?.status);
  if (some) return <Nothing title={t.chat.pick} hint={t.chat.pickHint} />;
  if (status === "available") return <Nothing title={t.chat.ready} hint={t.list.noneHint} />;
  return <Nothing title={t.list.none} hint={t.presence.idleHint} />;
}

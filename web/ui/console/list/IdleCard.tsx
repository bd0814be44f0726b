import { Button } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { useCommands, useDesk } from "../live/Live";
import classes from "./IdleCard.module.css";

/** Reminds an agent who is away or offline that nothing will come. */
export function IdleCard() {
  const { t } = useI18n();
  const status = useDesk((desk) => desk.wanted ?? desk.seat?.status);
  const online = useDesk((desk) => desk.link === "online");
  const { presence } = useCommands();
  if (status !== "away" && status !== "offline") return null;
  return (
    <div className={classes.card}>
      <strong>{t.presence.idleTitle}</strong>
      <span>{t.presence.idleHint}</span>
      <Button disabled={!online} onClick={() => presence("available")}>
        {t.presence.start}
      </Button>
    </div>
  );
}

import { SegmentedControl } from "@mantine/core";
import type { Presence } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import { useCommands, useDesk } from "../live/Live";
import classes from "./Header.module.css";

const choices = ["available", "busy", "away"] as const satisfies readonly Presence[];

/** Says whether new chats may come. Offline is shown as away: there is nothing else to choose. */
export function PresenceSwitch() {
  const { t } = useI18n();
  const status = useDesk((desk) => desk.wanted ?? desk.seat?.status ?? "offline");
  const online = useDesk((desk) => desk.link === "online");
  const { presence } = useCommands();
  const chosen = choices.find((choice) => choice === status) ?? "away";
  return (
    <SegmentedControl
      className={classes.presence ?? ""}
      aria-label={t.presence.label}
      size="sm"
      disabled={!online}
      value={chosen}
      onChange={(value) => presence(value)}
      data={choices.map((value) => ({
        value,
        label: (
          <span>
            <span className={classes.dot} data-status={value} aria-hidden="true" />
            {t.presence[value]}
          </span>
        ),
      }))}
    />
  );
}

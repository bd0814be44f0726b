import { SegmentedControl } from "@mantine/core";
import type { Presence } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import { StatusDot } from "../icons/StatusDot";
import { useCommands, useDesk } from "../live/Live";
import classes from "./Header.module.css";

const choices = ["available", "busy", "away"] as const satisfies readonly Presence[];

/**
 * Says whether new chats may come. Offline is shown as away: there is nothing else to choose. The time
 * for notes stands among them while it lasts; choosing anything else ends it.
 */
export function PresenceSwitch() {
  const { t } = useI18n();
  const status = useDesk((desk) => desk.wanted ?? desk.seat?.status ?? "offline");
  const online = useDesk((desk) => desk.link === "online");
  const { presence } = useCommands();
  const shown = status === "wrap_up" ? (["wrap_up", ...choices] as const) : choices;
  const chosen = shown.find((choice) => choice === status) ?? "away";
  return (
    <SegmentedControl
      className={classes.presence ?? ""}
      data-many={status === "wrap_up" || undefined}
      aria-label={t.presence.label}
      size="sm"
      disabled={!online}
      value={chosen}
      onChange={(value) => value !== "wrap_up" && presence(value)}
      data={shown.map((value) => ({
        value,
        label: (
          <span className={classes.choice}>
            <StatusDot status={value} />
            <span>{t.presence[value]}</span>
          </span>
        ),
      }))}
    />
  );
}

import { ActionIcon } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import type { Catalog } from "../i18n/zh-CN";
import { Icon } from "../icons/Icon";
import { useCommands, useDesk } from "../live/Live";
import type { Notice } from "../live/state";
import classes from "./Notices.module.css";

/** What went otherwise than wished. A notice stays until it is dismissed. */
export function Notices() {
  const { t } = useI18n();
  const notices = useDesk((desk) => desk.notices);
  const { dismiss } = useCommands();
  return (
    <div role="status">
      {notices.map((notice) => (
        <div key={notice.key} className={classes.notice} data-about={notice.about}>
          <Icon name={notice.about === "error" ? "alert" : "info"} size={16} />
          <span>{wordsOf(notice, t)}</span>
          <ActionIcon aria-label={t.close} onClick={() => dismiss(notice.key)}>
            <Icon name="cross" size={16} />
          </ActionIcon>
        </div>
      ))}
    </div>
  );
}

function wordsOf({ about, code, message }: Notice, t: Catalog): string {
  const table: Record<string, string> = about === "gone" ? t.offer.gone : t.errors;
  const known = Object.hasOwn(table, code) ? table[code] : undefined;
  return known ?? message ?? code;
}

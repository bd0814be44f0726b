import { ActionIcon } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { refusalOf } from "../i18n/refusal";
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

function wordsOf(notice: Notice, t: Catalog): string {
  if (notice.about === "error") return refusalOf(t, notice);
  return wordFor(t.offer.gone, notice.code);
}

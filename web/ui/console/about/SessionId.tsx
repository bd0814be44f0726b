import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { visitorTag } from "../live/select";
import classes from "./AboutPane.module.css";

/** The end of a session's number, and the whole of it to take along. */
export function SessionId({ id }: { id: string }) {
  const { t } = useI18n();
  return (
    <span className={classes.id} title={id}>
      {`…${visitorTag(id)}`}
      <CopyButton value={id}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t.about.copied : t.about.copy}>
            <ActionIcon aria-label={copied ? t.about.copied : t.about.copy} onClick={copy}>
              <Icon name={copied ? "check" : "copy"} size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}

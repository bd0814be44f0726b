import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { dialAddress, phoneInWords } from "../text/phone";
import classes from "./Strips.module.css";

/** A telephone number to read, to dial and to copy. */
export function PhoneNumber({ phone }: { phone: string }) {
  const { t } = useI18n();
  const address = dialAddress(phone);
  return (
    <span className={classes.phone}>
      {address ? <a href={address}>{phoneInWords(phone)}</a> : phone}
      <CopyButton value={phone}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t.about.copied : t.call.copy}>
            <ActionIcon aria-label={copied ? t.about.copied : t.call.copy} onClick={copy}>
              <Icon name={copied ? "check" : "copy"} size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}

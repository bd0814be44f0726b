import { ActionIcon, Tooltip, VisuallyHidden } from "@mantine/core";
import type { Account } from "../api/account";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { Logo } from "../icons/Logo";
import { LanguageSwitch } from "../settings/LanguageSwitch";
import { SoundSwitch } from "../settings/SoundSwitch";
import { ThemeSwitch } from "../settings/ThemeSwitch";
import { AccountMenu } from "./AccountMenu";
import classes from "./Header.module.css";
import { Load } from "./Load";
import { PresenceSwitch } from "./PresenceSwitch";

/** Who and how available I am, and how the console looks and sounds. */
export function Header({ account, onHelp }: { account: Account; onHelp: () => void }) {
  const { t } = useI18n();
  return (
    <header className={classes.header}>
      <VisuallyHidden component="h1">{`${t.brand} ${t.console}`}</VisuallyHidden>
      <div className={classes.brand} aria-hidden="true">
        <Logo />
        <strong>{t.brand}</strong>
        <span className={classes.site}>{account.site}</span>
      </div>
      <div className={classes.seat}>
        <PresenceSwitch />
        <Load />
      </div>
      <div className={classes.tools}>
        <span className={classes.wide}>
          <SoundSwitch />
          <ThemeSwitch />
          <Tooltip label={t.keys.title}>
            <ActionIcon aria-label={t.keys.title} onClick={onHelp}>
              <Icon name="keyboard" />
            </ActionIcon>
          </Tooltip>
          <LanguageSwitch />
        </span>
        <AccountMenu account={account} onHelp={onHelp} />
      </div>
    </header>
  );
}

import { ActionIcon, Tooltip, VisuallyHidden } from "@mantine/core";
import { Link } from "wouter";
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
import { useInRecords } from "./place";

/** Who and how available I am, and how the console looks and sounds. */
export function Header({ account, onHelp }: { account: Account; onHelp: () => void }) {
  const { t } = useI18n();
  const inRecords = useInRecords();
  return (
    <header className={classes.header}>
      <VisuallyHidden component="h1">{`${t.brand} ${t.console}`}</VisuallyHidden>
      <div className={classes.brand} aria-hidden="true">
        <Logo />
        <strong>{t.brand}</strong>
        <span className={classes.site}>{account.site}</span>
      </div>
      <div className={classes.seat} data-beside={inRecords || undefined}>
        <PresenceSwitch />
        <Load />
      </div>
      <div className={classes.tools}>
        <Link
          className={classes.records ?? ""}
          href={inRecords ? "/" : "/records"}
          data-back={inRecords || undefined}
        >
          <Icon name={inRecords ? "chat" : "search"} />
          <span>{inRecords ? t.records.leave : t.records.title}</span>
        </Link>
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

import { Menu, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { Account } from "../api/account";
import { useSignOut } from "../api/queries";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { useDesk } from "../live/Live";
import { usePreferences } from "../settings/Preferences";
import { PasswordForm } from "../signin/PasswordForm";
import { Dialog } from "./Dialog";
import classes from "./Header.module.css";

/** One's own account; on a narrow screen also the switches that stand in the header elsewhere. */
export function AccountMenu({ account, onHelp }: { account: Account; onHelp: () => void }) {
  const { t, lang, setLang } = useI18n();
  const { sound, setSound } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  const name = useDesk((desk) => desk.agent?.name) || account.name;
  const [password, setPassword] = useState(false);
  const signOut = useSignOut();
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className={classes.me} aria-label={`${t.settings.menu}: ${name}`}>
            <span
              className={classes.initial}
              aria-hidden="true"
              data-initial={[...name][0]?.toUpperCase()}
            />
            <span className={classes.name}>{name}</span>
            <Icon name="down" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label className={classes.menuHead ?? ""}>
            {name}
            <small>{account.login}</small>
          </Menu.Label>
          <Menu.Divider />
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu */}
          <div className={classes.narrowOnly} role="group" aria-label={t.settings.menu}>
            <Menu.Item component={Link} href="/records" leftSection={<Icon name="search" />}>
              {t.records.title}
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name={sound ? "sound" : "mute"} />}
              onClick={() => setSound(!sound)}
            >
              {sound ? t.settings.soundOn : t.settings.soundOff}
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name={dark ? "sun" : "moon"} />}
              onClick={() => setColorScheme(dark ? "light" : "dark")}
            >
              {dark ? t.settings.light : t.settings.dark}
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name="globe" />}
              onClick={() => setLang(lang === "en" ? "zh-CN" : "en")}
            >
              {t.settings.language}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="keyboard" />} onClick={onHelp}>
              {t.keys.title}
            </Menu.Item>
            <Menu.Divider />
          </div>
          <Menu.Item leftSection={<Icon name="key" />} onClick={() => setPassword(true)}>
            {t.password.title}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="leave" />} onClick={() => signOut.mutate()}>
            {t.signIn.out}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={password} onClose={() => setPassword(false)} title={t.password.title}>
        <PasswordForm
          login={account.login}
          hasPassword={account.hasPassword}
          onDone={() => setPassword(false)}
        />
      </Dialog>
    </>
  );
}

import { Button } from "@mantine/core";
import type { Account } from "../console/api/account";
import { useSignOut } from "../console/api/queries";
import { useI18n } from "../console/i18n/I18n";
import { Logo } from "../console/icons/Logo";
import { LanguageSwitch } from "../console/settings/LanguageSwitch";
import { ThemeSwitch } from "../console/settings/ThemeSwitch";
import classes from "./ops.module.css";
import { useWords } from "./words/useWords";

/** Whose page this is, and how it looks. */
export function Head({ account }: { account: Account }) {
  const { t } = useI18n();
  const words = useWords();
  const signOut = useSignOut();
  return (
    <header className={classes.head}>
      <span className={classes.brand}>
        <Logo />
        <strong>{t.brand}</strong>
      </span>
      <span className={classes.tools}>
        {account.role !== "ops" && (
          <a className={classes.link} href="/console">
            {words.console}
          </a>
        )}
        <ThemeSwitch />
        <LanguageSwitch />
        <span className={classes.who}>{account.name}</span>
        <Button variant="subtle" color="gray" onClick={() => signOut.mutate()}>
          {words.signOut}
        </Button>
      </span>
    </header>
  );
}

import { Button } from "@mantine/core";
import { Link, useRoute } from "wouter";
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
  const [inRecords] = useRoute("/records/:id?");
  return (
    <header className={classes.head}>
      <span className={classes.brand}>
        <Logo />
        <strong>{t.brand}</strong>
      </span>
      <nav className={classes.places} aria-label={words.places}>
        <Link
          href="/"
          className={classes.place ?? ""}
          aria-current={inRecords ? undefined : "page"}
        >
          {words.title}
        </Link>
        <Link
          href="/records"
          className={classes.place ?? ""}
          aria-current={inRecords ? "page" : undefined}
        >
          {t.records.title}
        </Link>
      </nav>
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

import type { ReactNode } from "react";
import { useI18n } from "../i18n/I18n";
import { Logo } from "../icons/Logo";
import { LanguageSwitch } from "../settings/LanguageSwitch";
import { ThemeSwitch } from "../settings/ThemeSwitch";
import classes from "./signin.module.css";

/** The page before the desk: a card in the middle, with the language in the corner. */
export function Welcome({ title, children }: { title?: string; children: ReactNode }) {
  const { t } = useI18n();
  return (
    <main className={classes.page}>
      <div className={classes.corner}>
        <ThemeSwitch />
        <LanguageSwitch />
      </div>
      <section className={classes.card}>
        <div className={classes.brand}>
          <Logo size={36} />
          <span>
            <strong>{t.brand}</strong>
            <span className={classes.dim}>{t.console}</span>
          </span>
        </div>
        {title && <h1 className={classes.title}>{title}</h1>}
        {children}
      </section>
    </main>
  );
}

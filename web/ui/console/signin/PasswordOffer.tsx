import type { Account } from "../api/account";
import { useI18n } from "../i18n/I18n";
import { PasswordForm } from "./PasswordForm";
import classes from "./signin.module.css";
import { Welcome } from "./Welcome";

/** After a one-time link: the way to come back without one. It can be put off. */
export function PasswordOffer({ account, onDone }: { account: Account; onDone: () => void }) {
  const { t } = useI18n();
  return (
    <Welcome title={t.password.title}>
      <p className={classes.lead}>{t.password.why}</p>
      <PasswordForm login={account.login} hasPassword={account.hasPassword} onDone={onDone} />
    </Welcome>
  );
}

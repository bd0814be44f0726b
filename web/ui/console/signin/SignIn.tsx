import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useSignIn } from "../api/queries";
import { useI18n } from "../i18n/I18n";
import { useProblem } from "./problem";
import { Secret } from "./Secret";
import classes from "./signin.module.css";
import { Welcome } from "./Welcome";

/** Signing in with login and password, and what to do when a link did not work. */
export function SignIn({ revoked, linkFailed }: { revoked: boolean; linkFailed: boolean }) {
  const { t } = useI18n();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useSignIn();
  const problem = useProblem(signIn.error, { 401: t.signIn.wrong, 429: t.signIn.tooMany });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ login: login.trim(), password });
  };
  return (
    <Welcome title={t.signIn.title}>
      {linkFailed && (
        <div className={classes.caution} role="alert">
          <strong>{t.signIn.linkFailed}</strong>
          <span>{t.signIn.linkHint}</span>
        </div>
      )}
      {revoked && (
        <p className={classes.caution} role="alert">
          {t.signIn.revoked}
        </p>
      )}
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          label={t.signIn.login}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          size="md"
          required
          withAsterisk={false}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <Secret
          label={t.signIn.password}
          name="password"
          autoComplete="current-password"
          size="md"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {problem && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
          {t.signIn.submit}
        </Button>
      </form>
    </Welcome>
  );
}

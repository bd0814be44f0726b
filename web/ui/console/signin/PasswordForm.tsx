import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { setPassword } from "../api/account";
import { useI18n } from "../i18n/I18n";
import { useProblem } from "./problem";
import { Secret } from "./Secret";
import classes from "./signin.module.css";

const SHORTEST = 8;

interface Props {
  login: string;
  /** There is a password already, which has to be given too. */
  hasPassword: boolean;
  /** Called when it is saved, or put off. */
  onDone: () => void;
}

/** Sets one's own password. The login stands above it, also for the browser's password keeper. */
export function PasswordForm({ login, hasPassword, onDone }: Props) {
  const { t } = useI18n();
  const [current, writeCurrent] = useState("");
  const [password, write] = useState("");
  const [tooShort, setTooShort] = useState(false);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => setPassword(password, current),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["me"] });
      onDone();
    },
  });
  const problem = useProblem(save.error, { 401: t.password.refused, 422: t.password.refused });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const short = [...password].length < SHORTEST;
    setTooShort(short);
    if (!short) save.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t.password.login}
        value={login}
        readOnly
        variant="filled"
        autoComplete="username"
      />
      {hasPassword && (
        <Secret
          label={t.password.current}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          onChange={(event) => writeCurrent(event.currentTarget.value)}
        />
      )}
      <Secret
        label={t.password.password}
        description={t.password.hint}
        autoComplete="new-password"
        value={password}
        error={tooShort ? t.password.short : null}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onDone}>
          {t.password.later}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t.password.save}
        </Button>
      </div>
    </form>
  );
}

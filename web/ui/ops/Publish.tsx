import { Button, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { Problem } from "../console/api/client";
import { usePublish } from "./api";
import type { Policy } from "./draft";
import classes from "./ops.module.css";
import { useWords } from "./words/useWords";

const LEAST = 3;

interface Props {
  base: number;
  /** The draft to publish, or the number of the version to restore. */
  policy?: Policy;
  restore?: number;
  disabled: boolean;
  label: string;
  onDone: (version: number) => void;
  children?: ReactNode;
}

/** The reason, without which nothing is published, and the button. */
export function Publish({ base, policy, restore, disabled, label, onDone, children }: Props) {
  const words = useWords().publish;
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const publish = usePublish();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isShort = [...reason.trim()].length < LEAST;
    setMissing(isShort);
    if (isShort) return;
    const what = { base, reason, ...(policy && { policy }), ...(restore && { restore }) };
    publish.mutate(what, {
      onSuccess: ({ version }) => {
        setReason("");
        onDone(version);
      },
    });
  };
  const { error } = publish;
  const stale = error instanceof Problem && error.status === 409;
  return (
    <form className={classes.publish} onSubmit={submit} noValidate>
      <Textarea
        label={words.reason}
        placeholder={words.placeholder}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        required
        withAsterisk={false}
        value={reason}
        error={missing ? words.need : undefined}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setMissing(false);
        }}
      />
      {error && (
        <p className={classes.failed} role="alert">
          {stale ? words.stale : error.message}
        </p>
      )}
      <div className={classes.buttons}>
        {children}
        <Button type="submit" disabled={disabled} loading={publish.isPending}>
          {label}
        </Button>
      </div>
    </form>
  );
}

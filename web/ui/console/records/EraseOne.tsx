import { ActionIcon, Button, Textarea, Tooltip } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "../desk/Dialog";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { hasWords } from "../text/limit";
import { eraseOne } from "./api";
import classes from "./records.module.css";

/** As the server has it. */
const MAX_REASON = 500;

interface Props {
  session: string;
  onErased: () => void;
}

/** Erases a conversation for good, at its visitor's request: what goes, what stays, why, and only then. */
export function EraseOne({ session, onErased }: Props) {
  const { t } = useI18n();
  const words = t.records.erase;
  const [opened, open] = useState(false);
  return (
    <>
      <Tooltip label={words.title}>
        <ActionIcon
          aria-label={words.title}
          aria-haspopup="dialog"
          className={classes.bin ?? ""}
          onClick={() => open(true)}
        >
          <Icon name="bin" size={18} />
        </ActionIcon>
      </Tooltip>
      <Dialog opened={opened} onClose={() => open(false)} title={words.title}>
        <Form session={session} onErased={onErased} onClose={() => open(false)} />
      </Dialog>
    </>
  );
}

function Form({ session, onErased, onClose }: Props & { onClose: () => void }) {
  const { t } = useI18n();
  const words = t.records.erase;
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const erasing = useMutation({
    mutationFn: () => eraseOne(session, reason.trim()),
    onSuccess: () => {
      onErased();
      return client.invalidateQueries({ queryKey: ["records", "found"] });
    },
  });
  return (
    <form
      className={classes.erase}
      onSubmit={(event) => {
        event.preventDefault();
        if (hasWords(reason)) erasing.mutate();
      }}
    >
      <p>{words.goes}</p>
      <p>{words.stays}</p>
      <Textarea
        data-autofocus
        label={words.reason}
        description={words.reasonHint}
        maxLength={MAX_REASON}
        autosize
        minRows={2}
        maxRows={6}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {erasing.isError && (
        <p className={classes.refused} role="alert">
          {words.failed}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t.cancel}
        </Button>
        <Button
          type="submit"
          className={classes.final ?? ""}
          disabled={!hasWords(reason)}
          loading={erasing.isPending}
        >
          {words.go}
        </Button>
      </div>
    </form>
  );
}

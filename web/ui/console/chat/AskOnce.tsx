import { Button } from "@mantine/core";
import { Dialog } from "../desk/Dialog";
import { useI18n } from "../i18n/I18n";
import classes from "./ChatHeader.module.css";

interface Props {
  opened: boolean;
  question: string;
  hint: string;
  action: string;
  onClose: () => void;
  onYes: () => void;
}

/** Asks once before something that cannot be taken back; Enter says yes and Esc says no. */
export function AskOnce({ opened, question, hint, action, onClose, onYes }: Props) {
  const { t } = useI18n();
  const yes = () => {
    onClose();
    onYes();
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={question}>
      <p className={classes.hint}>{hint}</p>
      <div className={classes.answers}>
        <Button variant="default" onClick={onClose}>
          {t.cancel}
        </Button>
        <Button data-autofocus onClick={yes}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}

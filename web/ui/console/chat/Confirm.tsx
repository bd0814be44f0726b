import { Button, Popover } from "@mantine/core";
import { cx } from "../cx";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import type { IconName } from "../icons/paths";
import classes from "./ChatHeader.module.css";

interface Props {
  action: string;
  icon: IconName;
  /** The action most chats end with. */
  main?: boolean;
  question: string;
  hint: string;
  disabled: boolean;
  opened: boolean;
  onOpen: (open: boolean) => void;
  onYes: () => void;
}

/** A button that asks once, beside itself; Enter says yes and Esc says no. */
export function Confirm(props: Props) {
  const { action, icon, main = false, question, hint, disabled, opened, onOpen, onYes } = props;
  const { t } = useI18n();
  const yes = () => {
    onOpen(false);
    onYes();
  };
  return (
    <Popover opened={opened} onChange={onOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          className={cx(classes.action, main && classes.main)}
          variant={main ? "light" : "default"}
          disabled={disabled}
          aria-label={action}
          onClick={() => onOpen(!opened)}
        >
          <Icon name={icon} size={16} />
          <span className={classes.label}>&nbsp;{action}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={question}>
        <div className={classes.question}>
          <div>
            <strong>{question}</strong>
            <p>{hint}</p>
          </div>
          <div className={classes.answers}>
            <Button variant="default" onClick={() => onOpen(false)}>
              {t.cancel}
            </Button>
            <Button data-autofocus onClick={yes}>
              {action}
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

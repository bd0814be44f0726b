import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { cx } from "../cx";
import { useI18n } from "../i18n/I18n";
import classes from "./signin.module.css";

/** An input for a password, with a way to look at it that a keyboard reaches too. */
export function Secret(props: PasswordInputProps) {
  const { t } = useI18n();
  return (
    <PasswordInput
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ className: cx(classes.look), "aria-label": t.signIn.look }}
      {...props}
    />
  );
}

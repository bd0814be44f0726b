import { Kbd, Switch } from "@mantine/core";
import { Dialog } from "../desk/Dialog";
import { useI18n } from "../i18n/I18n";
import { usePreferences } from "../settings/Preferences";
import classes from "./keys.module.css";
import { shortcuts } from "./shortcuts";

/** The list of all keys, and the switch that turns the single ones off. */
export function KeysOverlay({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useI18n();
  const { keys, setKeys } = usePreferences();
  return (
    <Dialog opened={opened} onClose={onClose} title={t.keys.title}>
      <dl className={classes.list}>
        {shortcuts.map(({ act, key }) => (
          <div key={act} className={classes.row} data-off={!keys || undefined}>
            <dt>{t.keys[act]}</dt>
            <dd>
              <Kbd>{key}</Kbd>
            </dd>
          </div>
        ))}
        <div className={classes.row}>
          <dt>{t.keys.send}</dt>
          <dd>
            <Kbd>Enter</Kbd> {t.keys.or} <Kbd>Ctrl</Kbd> + <Kbd>Enter</Kbd>
          </dd>
        </div>
        <div className={classes.row}>
          <dt>{t.keys.line}</dt>
          <dd>
            <Kbd>Shift</Kbd> + <Kbd>Enter</Kbd>
          </dd>
        </div>
        <div className={classes.row}>
          <dt>{t.keys.leave}</dt>
          <dd>
            <Kbd>Esc</Kbd>
          </dd>
        </div>
      </dl>
      <Switch
        checked={keys}
        onChange={(event) => setKeys(event.currentTarget.checked)}
        label={t.keys.enable}
        description={t.keys.enableHint}
      />
    </Dialog>
  );
}

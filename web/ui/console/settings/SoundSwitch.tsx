import { ActionIcon, Tooltip } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { usePreferences } from "./Preferences";

/** Turns the short sounds on and off. */
export function SoundSwitch() {
  const { t } = useI18n();
  const { sound, setSound } = usePreferences();
  const label = sound ? t.settings.soundOn : t.settings.soundOff;
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => setSound(!sound)}>
        <Icon name={sound ? "sound" : "mute"} />
      </ActionIcon>
    </Tooltip>
  );
}

import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";

/** Dark or light; before it is touched the system decides. */
export function ThemeSwitch() {
  const { t } = useI18n();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  return (
    <Tooltip label={t.settings.theme}>
      <ActionIcon
        aria-label={t.settings.theme}
        onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}
      >
        <Icon name={scheme === "dark" ? "sun" : "moon"} />
      </ActionIcon>
    </Tooltip>
  );
}

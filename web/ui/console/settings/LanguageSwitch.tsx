import { Button } from "@mantine/core";
import { useI18n } from "../i18n/I18n";

/** Switches between the two languages; it is written in the other one. */
export function LanguageSwitch() {
  const { t, lang, setLang } = useI18n();
  const other = lang === "en" ? "zh-CN" : "en";
  return (
    <Button
      variant="subtle"
      color="gray"
      px={10}
      lang={other}
      aria-label={t.settings.language}
      onClick={() => setLang(other)}
    >
      {t.settings.languageShort}
    </Button>
  );
}

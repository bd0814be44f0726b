import { Button, Loader } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { Welcome } from "./Welcome";

/** What is seen while the page finds out who is there, or when it cannot. */
export function Opening({ text, retry }: { text: string; retry?: () => void }) {
  const { t } = useI18n();
  return (
    <Welcome>
      <p role={retry ? "alert" : "status"}>{text}</p>
      {retry ? <Button onClick={() => retry()}>{t.chat.retry}</Button> : <Loader size="sm" />}
    </Welcome>
  );
}

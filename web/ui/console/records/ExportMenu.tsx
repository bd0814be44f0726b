import { Button, Menu } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import type { Format } from "./api";

/** Takes conversations out as a file; the browser saves it. */
export function ExportMenu({
  name,
  address,
}: {
  name: string;
  address: (format: Format) => string;
}) {
  const { t } = useI18n();
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<Icon name="download" size={16} />}
          aria-label={name}
        >
          {t.records.take}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address("csv")} download>
          {t.records.csv}
        </Menu.Item>
        <Menu.Item component="a" href={address("jsonl")} download>
          {t.records.jsonl}
        </Menu.Item>
        <Menu.Label>{t.records.takeHint}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}

import { Tabs as MantineTabs } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { useDesk } from "../live/Live";
import classes from "./Tabs.module.css";
import { isTab, type Tab, tabs } from "./tab";

const icons = { chats: "chat", calls: "phone", team: "team" } as const;

interface Props {
  tab: Tab;
  onTab: (tab: Tab) => void;
}

/** What the left pane shows: one's chats, who is to be called, or who is there. */
export function Tabs({ tab, onTab }: Props) {
  const { t } = useI18n();
  const calls = useDesk((desk) => desk.calls);
  return (
    <MantineTabs value={tab} onChange={(next) => isTab(next) && onTab(next)} keepMounted={false}>
      <MantineTabs.List grow aria-label={t.list.label}>
        {tabs.map((one) => (
          <MantineTabs.Tab
            key={one}
            value={one}
            id={`tab-${one}`}
            aria-controls="list-panel"
            classNames={{ tab: classes.tab ?? "", tabLabel: classes.label ?? "" }}
            leftSection={<Icon name={icons[one]} size={16} />}
          >
            {t.tabs[one]}
            {one === "calls" && calls > 0 && (
              <span className={classes.count} role="img" aria-label={t.tabs.calling(calls)}>
                {calls > 99 ? "99+" : calls}
              </span>
            )}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
    </MantineTabs>
  );
}

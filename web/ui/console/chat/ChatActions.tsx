import { ActionIcon, Button, Menu } from "@mantine/core";
import { useCallback, useState } from "react";
import { cx } from "../cx";
import type { Handing } from "../hand/handing";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { useAct } from "../keys/Acts";
import { useCommands, useDesk } from "../live/Live";
import type { Chat } from "../live/state";
import { AskOnce } from "./AskOnce";
import classes from "./ChatHeader.module.css";
import { Confirm } from "./Confirm";

interface Props {
  chat: Chat;
  onHand: (what: Handing) => void;
}

/** The ways a chat of one's own goes on elsewhere: handed on, asked about, put back, or resolved. */
export function ChatActions({ chat, onHand }: Props) {
  const { t } = useI18n();
  const commands = useCommands();
  const online = useDesk((desk) => desk.link === "online");
  const [asking, ask] = useState<"close" | "release" | null>(null);
  const { session } = chat.head;
  const resolve = useCallback(() => ask("close"), []);
  const release = useCallback(() => ask("release"), []);
  const transfer = useCallback(() => onHand("transfer"), [onHand]);
  const consult = useCallback(() => onHand("consult"), [onHand]);
  useAct("resolve", online ? resolve : null);
  useAct("release", online ? release : null);
  useAct("transfer", online ? transfer : null);
  useAct("consult", online ? consult : null);
  return (
    <div className={classes.actions}>
      <Button
        className={cx(classes.action)}
        variant="default"
        disabled={!online}
        aria-label={t.hand.transfer.open}
        onClick={transfer}
      >
        <Icon name="hand" size={16} />
        <span className={classes.label}>&nbsp;{t.hand.transfer.open}</span>
      </Button>
      <Confirm
        action={t.actions.close}
        icon="check"
        main
        question={t.actions.closeAsk}
        hint={t.actions.closeHint}
        disabled={!online}
        opened={asking === "close"}
        onOpen={(open) => ask(open ? "close" : null)}
        onYes={() => commands.close(session)}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t.actions.more} disabled={!online} className={classes.more ?? ""}>
            <Icon name="more" size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="ask" />} onClick={consult}>
            {t.hand.consult.open}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="release" />} onClick={release}>
            {t.actions.release}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <AskOnce
        opened={asking === "release"}
        question={t.actions.releaseAsk}
        hint={t.actions.releaseHint}
        action={t.actions.release}
        onClose={() => ask(null)}
        onYes={() => commands.release(session)}
      />
    </div>
  );
}

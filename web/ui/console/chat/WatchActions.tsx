import { Button } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { cx } from "../cx";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { useAct } from "../keys/Acts";
import { joinedOf } from "../live/facts";
import { useCommands, useDesk } from "../live/Live";
import type { Chat } from "../live/state";
import { AskOnce } from "./AskOnce";
import classes from "./ChatHeader.module.css";

/** What a lead can do in a chat that somebody else answers, or that waits. */
export function WatchActions({ chat }: { chat: Chat }) {
  const { t } = useI18n();
  const commands = useCommands();
  const me = useDesk((desk) => desk.agent?.id);
  const online = useDesk((desk) => desk.link === "online");
  const acts = useDesk((desk) => desk.acts);
  const [asking, ask] = useState(false);
  const { session, owner } = chat.head;
  const joined = joinedOf(chat);
  const inside = joined?.agent === me;
  const busy = (...names: string[]) =>
    acts.some((a) => a.session === session && names.includes(a.t));
  const { beside } = commands;
  const comeOrGo = useMemo(
    () => () => beside(inside ? "leave" : "join", session),
    [beside, inside, session],
  );
  const takeOver = useCallback(() => ask(true), []);
  const may = online && owner === "human";
  useAct("join", may && (inside || !joined) ? comeOrGo : null);
  useAct("takeover", may ? takeOver : null);
  if (owner === "waiting") {
    return (
      <div className={classes.actions}>
        <Button loading={busy("take")} disabled={!online} onClick={() => commands.take(session)}>
          {t.watch.take}
        </Button>
      </div>
    );
  }
  if (owner !== "human") return null;
  return (
    <div className={classes.actions}>
      <Button
        className={cx(classes.action)}
        variant="default"
        loading={busy("join", "leave")}
        disabled={!may || (joined !== undefined && !inside)}
        aria-label={inside ? t.watch.leave : t.watch.join}
        onClick={comeOrGo}
      >
        <Icon name={inside ? "leave" : "join"} size={16} />
        <span className={classes.label}>&nbsp;{inside ? t.watch.leave : t.watch.join}</span>
      </Button>
      <Button
        className={cx(classes.action, classes.main)}
        variant="light"
        loading={busy("takeover")}
        disabled={!may}
        aria-label={t.watch.takeOver}
        onClick={takeOver}
      >
        <Icon name="hand" size={16} />
        <span className={classes.label}>&nbsp;{t.watch.takeOver}</span>
      </Button>
      <AskOnce
        opened={asking}
        question={t.watch.takeOverAsk}
        hint={t.watch.takeOverHint}
        action={t.watch.takeOver}
        onClose={() => ask(false)}
        onYes={() => commands.takeover(session)}
      />
    </div>
  );
}

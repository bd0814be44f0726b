import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { AgentMessage } from "../../shared/wire";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { useDesk } from "../live/Live";
import { readByVisitor, unsentOf } from "../live/select";
import type { Chat } from "../live/state";
import { timeline } from "../live/timeline";
import { DayLine } from "./DayLine";
import { Message } from "./Message";
import { SystemLine } from "./SystemLine";
import classes from "./Transcript.module.css";
import { TypingLine } from "./TypingLine";
import { UnsentMessage } from "./UnsentMessage";
import { useBottom } from "./useBottom";

interface Props {
  chat: Chat;
  onTakeBack: (frame: AgentMessage) => void;
}

/** Everything that was said and done in a chat, the bot's part included. */
export function Transcript({ chat, onTakeBack }: Props) {
  const { t } = useI18n();
  const me = useDesk((desk) => desk.agent?.id);
  const people = useDesk((desk) => desk.people);
  const allUnsent = useDesk((desk) => desk.unsent);
  const rows = useMemo(() => timeline(chat.events), [chat.events]);
  const unsent = useMemo(
    () => unsentOf(allUnsent, chat.head.session),
    [allUnsent, chat.head.session],
  );
  const { box, atBottom, toBottom, watch } = useBottom(`${chat.events.length}/${unsent.length}`);
  const read = readByVisitor(chat);
  const lastRead = chat.events.findLast(
    (event) => event.kind === "message" && event.from === "agent" && event.seq <= read,
  );
  return (
    <div className={classes.frame}>
      <div
        ref={box}
        className={classes.scroll}
        onScroll={watch}
        role="log"
        aria-live="off"
        aria-label={t.chat.log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it
        tabIndex={0}
      >
        <div className={classes.rows}>
          {rows.map((row) => {
            if (row.row === "day") return <DayLine key={row.key} at={row.at} />;
            if (row.row === "line") {
              return <SystemLine key={row.key} event={row.event} people={people} />;
            }
            const { event, first } = row;
            const mine = event.agent === undefined || event.agent === me;
            const wasRead = event.seq === lastRead?.seq;
            const to = event.to === me ? t.chat.me : people[event.to ?? ""];
            return (
              <Message
                key={row.key}
                event={event}
                first={first}
                mine={mine}
                read={wasRead}
                to={to}
              />
            );
          })}
          {unsent.map((text) => (
            <UnsentMessage key={text.frame.id} unsent={text} onTakeBack={onTakeBack} />
          ))}
          <TypingLine until={chat.typingUntil} />
        </div>
      </div>
      {!atBottom && (
        <Button
          className={classes.down ?? ""}
          variant="default"
          radius="xl"
          leftSection={<Icon name="down" size={16} />}
          onClick={toBottom}
        >
          {t.chat.newBelow}
        </Button>
      )}
    </div>
  );
}

import { Button } from "@mantine/core";
import { useLayoutEffect, useMemo, useRef } from "react";
import type { AgentEvent } from "../../shared/wire";
import { DayLine } from "../chat/DayLine";
import { Message } from "../chat/Message";
import { SystemLine } from "../chat/SystemLine";
import rows from "../chat/Transcript.module.css";
import { useI18n } from "../i18n/I18n";
import { timeline } from "../live/timeline";
import { namesWith } from "../live/watch";
import { useFilters } from "./api";
import classes from "./records.module.css";

interface Props {
  events: readonly AgentEvent[];
  /** The event that was found; 0 for none. */
  seq: number;
  earlier: (() => void) | undefined;
  later: (() => void) | undefined;
}

/** What was said and done, as it is kept, with the AI labels that the server gave. */
export function RecordLog({ events, seq, earlier, later }: Props) {
  const { t } = useI18n();
  const staff = useFilters().data?.agents;
  const people = useMemo(
    () =>
      events.reduce(
        namesWith,
        Object.fromEntries((staff ?? []).map(({ id, name }) => [id, name])) as Record<
          string,
          string
        >,
      ),
    [events, staff],
  );
  const hit = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (seq > 0) hit.current?.firstElementChild?.scrollIntoView({ block: "center" });
  }, [seq]);
  return (
    <section
      className={classes.log}
      aria-label={t.chat.log}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it
      tabIndex={0}
    >
      <div className={`${rows.rows} ${classes.kept}`}>
        {earlier && (
          <Button variant="subtle" onClick={earlier}>
            {t.records.before}
          </Button>
        )}
        {timeline(events).map((row) => {
          if (row.row === "day") return <DayLine key={row.key} at={row.at} />;
          const found = row.event.seq === seq;
          return (
            <div
              key={row.key}
              ref={found ? hit : null}
              className={classes.event}
              data-hit={found || undefined}
            >
              {row.row === "line" ? (
                <SystemLine event={row.event} people={people} />
              ) : (
                <Message
                  event={row.event}
                  first={row.first}
                  mine={false}
                  read={false}
                  to={people[row.event.to ?? ""]}
                />
              )}
            </div>
          );
        })}
        {later && (
          <Button variant="subtle" onClick={later}>
            {t.records.after}
          </Button>
        )}
      </div>
    </section>
  );
}

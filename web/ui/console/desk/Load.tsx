import { Tooltip } from "@mantine/core";
import { useI18n } from "../i18n/I18n";
import { useDesk } from "../live/Live";
import classes from "./Header.module.css";

/** Up to this many chats are drawn one by one. */
const MOST_CELLS = 8;

/** How many chats I have and how many I can have. */
export function Load() {
  const { t } = useI18n();
  const seat = useDesk((desk) => desk.seat);
  if (!seat) return null;
  const words = t.presence.load(seat.load, seat.capacity);
  const cells = Array.from({ length: seat.capacity }, (_, i) => `cell-${i}`);
  return (
    <Tooltip label={words}>
      <div className={classes.load} role="img" aria-label={words}>
        {seat.capacity <= MOST_CELLS && (
          <span className={classes.cells}>
            {cells.map((key, i) => (
              <span key={key} className={classes.cell} data-used={i < seat.load || undefined} />
            ))}
          </span>
        )}
        <span className={classes.loadText}>
          {seat.load}/{seat.capacity}
        </span>
      </div>
    </Tooltip>
  );
}

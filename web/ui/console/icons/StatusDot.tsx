import type { SeatStatus } from "../../shared/wire";
import classes from "./StatusDot.module.css";

/** The colour of a status, beside its word. */
export function StatusDot({ status }: { status: SeatStatus }) {
  return <span className={classes.dot} data-status={status} aria-hidden="true" />;
}

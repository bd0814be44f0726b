// The sentences about where the visitor stands: the place in line, and the state of the network.

import type { Queue } from "../../shared/wire";
import type { Model } from "../client";
import type { T } from "../i18n";

/** The place in line as one sentence, or "" when the visitor is not in it. */
export function placeText(model: Model, now: number, t: T): string {
  const { owner, queue } = model.state;
  if (owner !== "waiting") {
    if (!model.asking) return "";
    return t(networkText(model, now, t) ? "askingOffline" : "asking");
  }
  if (!queue) return t("asking");
  if (!queue.open) return t("deskClosed");
  return t(queue.position > 1 ? "ahead" : "first", {
    n: queue.position - 1,
    wait: waitText(queue, t),
  });
}

/** The second sentence: what the visitor need not worry about. */
export function placeNote(model: Model, t: T): string {
  const { owner, queue } = model.state;
  if (owner !== "waiting") return "";
  const hours = queue?.hours || model.hours;
  if (queue && !queue.open) return hours ? t("hours", { hours }) : "";
  return t("stay");
}

/** An honest estimate: a range in minutes, or only that somebody is being looked for. */
function waitText(queue: Queue, t: T): string {
  if (!queue.eta) return t("unknown");
  const [from, to] = queue.eta;
  if (to <= 60) return t("soon");
  const least = Math.max(1, Math.floor(from / 60));
  const most = Math.ceil(to / 60);
  return t("minutes", { n: least === most ? most : `${least}–\u2060${most}` });
}

/** A blink of the network is not worth a word. */
const NOTICED_MS = 1_500;
const LONG_MS = 15_000;

/** What is wrong with the connection, or "". */
export function networkText(model: Model, now: number, t: T): string {
  if (isShut(model)) return t("stopped");
  if (model.lostAt === 0 || now - model.lostAt < NOTICED_MS) return "";
  return t(model.state.session === "" && model.status === "connecting" ? "connecting" : "offline");
}

/** Whether the phone should be offered beside the network's state. */
export function isLongGone(model: Model, now: number): boolean {
  return isShut(model) || (model.lostAt > 0 && now - model.lostAt > LONG_MS);
}

/** The server says itself that there is no way in now. */
function isShut({ status, down }: Model): boolean {
  return status === "stopped" || (down && status !== "ready");
}

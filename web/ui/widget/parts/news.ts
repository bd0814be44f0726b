// What the page around hears, as a function of what changed in the conversation.

import type { VisitorState } from "../../shared/reduce";
import type { Emit } from "../embed/api";

/** Tells what is new between two states of one chat. Of history, nothing is. */
export function tell(before: VisitorState, after: VisitorState, emit: Emit): void {
  const from = before.session === after.session ? before.seq : after.history;
  for (const event of after.events) {
    if (event.seq <= Math.max(from, after.history)) continue;
    if (event.kind === "message") emit("message", { from: event.from, text: event.text });
    if (event.kind !== "move") continue;
    if (event.owner === "human") emit("agentjoined", { name: event.name ?? "" });
    if (event.owner === "closed") emit("ended", { reason: event.reason ?? "" });
  }
  const { queue } = after;
  const was = before.queue;
  if (!queue || queue === was) return;
  const { position, eta, open } = queue;
  if (position !== was?.position || `${eta}` !== `${was.eta}` || open !== was.open) {
    emit("queued", { position, eta, open });
  }
  if (queue.near && !was?.near) emit("turnnear", undefined);
}

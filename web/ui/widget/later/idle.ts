// The warning before a quiet chat ends, on a site that lets chats end by themselves.

import type { Client, Model } from "../client";
import type { Lang } from "../i18n";
import { button } from "../view/dom";
import { strip } from "../view/status";
import { idleWords } from "./idleWords";

/** The warning, as the panel holds it. */
export type Idle = ReturnType<typeof idleView>;

/** Makes the strip. Its time begins once it was on a visible screen, so that is told. */
export function idleView(lang: Lang, client: Client) {
  const t = idleWords(lang);
  const stay = button("primary wide", t("extend"), () => void client.send({ t: "extend" }));
  const { element, say } = strip("", stay);
  let told = 0;

  function render(model: Model, now: number): void {
    const n = minutesLeft(model, now);
    say(n > 0 ? t("idle", { n }) : "");
    const { endsAt } = model.state;
    if (n === 0 || document.hidden || endsAt === told) return;
    if (client.send({ t: "shown" })) told = endsAt;
  }

  return { element, render };
}

/** How long until the chat ends for silence, in minutes; 0 when it does not. Seconds would press. */
export function minutesLeft({ state, status }: Model, now: number): number {
  return status === "ready" ? Math.max(0, Math.ceil((state.endsAt - now) / 60_000)) : 0;
}

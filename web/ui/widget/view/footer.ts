// The standing note that AI speaks here, and the two ways to leave. What asks before they act comes when
// one of them is pressed.

import type { Client, Model } from "../client";
import type { Fetch } from "../embed/parts";
import type { Lang, T } from "../i18n";
import type { Leave, Leaving } from "../later/leave";
import { button, h, show } from "./dom";

export interface FooterOptions {
  t: T;
  lang: Lang;
  client: Client;
  part: Fetch;
  /** Takes the focus, because the button that had it goes. */
  onLeft: () => void;
}

/** Makes the footer. */
export function footerView({ t, lang, client, part, onLeft }: FooterOptions) {
  let leave: Leave | undefined;
  const end = button("link", t("end"), () => ask("end"));
  const bot = button("link", t("bot"), () => ask("bot"));
  const usual = h("div", { class: "links" }, h("p", {}, t("notice")), bot, end);
  const element = h("div", { class: "footer" }, usual);

  async function ask(wanted: Leaving): Promise<void> {
    const { leaveView } = await part("leave");
    if (!leave) {
      leave = leaveView(lang, client, usual, onLeft);
      element.append(leave.element);
    }
    leave.ask(wanted, wanted === "bot" ? bot : end);
  }

  function render({ state: { owner, events } }: Model): void {
    show(bot, owner === "waiting" || owner === "human");
    show(end, owner !== "closed" && events.length > 0);
    if (owner === "closed") leave?.drop();
  }

  return { element, ask, render };
}

// The standing note that AI speaks here, and the two ways to leave, which ask before they act.

import type { Client, Model } from "../client";
import type { T } from "../i18n";
import { button, h, show, write } from "./dom";

type Leaving = "end" | "bot";

/** Makes the footer. onLeft takes the focus, because the button that had it goes. */
export function footerView(t: T, client: Client, onLeft: () => void) {
  let leaving: Leaving | "" = "";
  const end = button("link", t("end"), () => ask("end"));
  const bot = button("link", t("bot"), () => ask("bot"));
  const usual = h("div", { class: "links" }, h("p", {}, t("notice")), bot, end);

  const question = h("p");
  const yes = button("primary", "", () => {
    if (leaving) client[leaving]();
    swap("");
    onLeft();
  });
  const no = button("quiet", t("no"), () => {
    const back = leaving === "bot" ? bot : end;
    swap("");
    back.focus();
  });
  const confirm = h("div", { role: "status" }, question, h("div", { class: "choices" }, yes, no));

  function ask(wanted: Leaving): void {
    write(question, t(`${wanted}Ask`));
    write(yes, t(wanted));
    swap(wanted);
    no.focus();
  }

  function swap(wanted: Leaving | ""): void {
    leaving = wanted;
    show(confirm, wanted !== "");
    show(usual, wanted === "");
  }

  function render({ state: { owner, events } }: Model): void {
    show(bot, owner === "waiting" || owner === "human");
    show(end, owner !== "closed" && events.length > 0);
    if (owner === "closed" && leaving) swap("");
  }

  swap("");
  return { element: h("div", { class: "footer" }, usual, confirm), render };
}

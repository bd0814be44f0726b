// The question before a chat is ended or given back to the bot, in the place of the footer's links.

import type { Client } from "../client";
import type { Lang } from "../i18n";
import { button, h, show, write } from "../view/dom";
import { leaveWords } from "./leaveWords";

export type Leaving = "end" | "bot";

/** The question, as the footer holds it. */
export type Leave = ReturnType<typeof leaveView>;

/** Makes the question; usual is what it stands in for. */
export function leaveView(lang: Lang, client: Client, usual: HTMLElement, onLeft: () => void) {
  const t = leaveWords(lang);
  let leaving: Leaving | undefined;
  let from: HTMLElement | undefined;
  const question = h("p");
  const yes = button("primary", "", () => {
    if (leaving) client.tap({ t: leaving });
    drop();
    onLeft();
  });
  const no = button("quiet", t("no"), () => {
    drop();
    from?.focus();
  });
  const element = h("div", { role: "status" }, question, h("div", { class: "choices" }, yes, no));

  function ask(wanted: Leaving, pressed: HTMLElement): void {
    leaving = wanted;
    from = pressed;
    write(question, t(`${wanted}Ask`));
    write(yes, pressed.textContent ?? "");
    swap(true);
    no.focus();
  }

  function swap(asking: boolean): void {
    show(element, asking);
    show(usual, !asking);
  }

  /** Takes the question back. */
  function drop(): void {
    leaving = undefined;
    swap(false);
  }

  return { element, ask, drop };
}

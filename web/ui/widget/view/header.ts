// The top of the panel: the way to a person, large text, the way out, who answers now, and all the
// rest. The way to a person comes first, so that no name, however long, moves it.

import type { Model } from "../client";
import type { T } from "../i18n";
import { button, h, ICONS, icon, write } from "./dom";
import { personName } from "./items";

export interface HeaderOptions {
  t: T;
  onHuman: () => void;
  onLarge: () => void;
  onMore: () => void;
  onHide: () => void;
}

/** Makes the header. focus() is where focus goes on a phone, so that no keyboard covers the page. */
export function headerView({ t, onHuman, onLarge, onMore, onHide }: HeaderOptions) {
  const who = h("h2", { tabindex: -1 });
  const size = button("tool", t("large"), onLarge);
  const more = button("tool more", t("more"), onMore);
  const hide = button("tool hide", "", onHide);
  hide.append(icon(ICONS.close));
  hide.setAttribute("aria-label", t("hide"));
  const human = button("human", t("human"), onHuman);
  human.prepend(icon(ICONS.person));
  // Not a header element, which would be a landmark of the page around.
  const element = h("div", { class: "header" }, human, size, hide, who, more);

  function render({ state }: Model, large: boolean, open: boolean): void {
    const person = state.owner === "human";
    write(who, person ? personName(state.agent, t) : t("ai"));
    who.classList.toggle("person", person);
    size.ariaPressed = String(large);
    more.ariaExpanded = String(open);
  }

  return { element, render, focus: () => who.focus(), back: () => more.focus() };
}

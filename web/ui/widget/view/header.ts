// The top of the panel: the way to a person, the text size, the way out, and who answers now. The
// way to a person comes first, so that no name, however long, moves it.

import type { Model } from "../client";
import type { T } from "../i18n";
import { button, h, ICONS, icon, write } from "./dom";
import { personName } from "./items";

export interface HeaderOptions {
  t: T;
  onHuman: () => void;
  onSize: () => void;
  onHide: () => void;
}

/** Makes the header. focus() is where focus goes on a phone, so that no keyboard covers the page. */
export function headerView({ t, onHuman, onSize, onHide }: HeaderOptions) {
  const face = h("span", { class: "face", "aria-hidden": "true" });
  const who = h("h2", { tabindex: -1 });
  const size = button("tool", t("size"), onSize);
  const hide = button("tool hide", "", onHide);
  hide.append(icon(...ICONS.close));
  hide.setAttribute("aria-label", t("hide"));
  const human = button("human", t("human"), onHuman);
  human.prepend(icon(...ICONS.person));
  // Not a header element, which would be a landmark of the page around.
  const element = h("div", { class: "header" }, human, size, hide, face, who);

  function render({ state }: Model, pixels: number): void {
    const person = state.owner === "human";
    write(who, person ? personName(state.agent, t) : t("ai"));
    write(face, person ? (/^\w|.$/u.exec(state.agent)?.[0] ?? "") : "AI");
    face.classList.toggle("person", person);
    size.ariaLabel = t("sizeNow", { n: pixels });
  }

  return { element, render, focus: () => who.focus() };
}

// The button that is always there, with the word on it.

import type { T } from "../i18n";
import { button, h, ICONS, icon, show, write } from "./dom";

/** Makes the launcher. */
export function launcherView(t: T, onPress: () => void) {
  const badge = h("span", { class: "badge" });
  const element = button("launcher", t("launcher"), onPress);
  element.prepend(icon(ICONS.chat));
  element.append(" ", badge);

  function render(open: boolean, unread: number): void {
    element.ariaExpanded = String(open);
    element.ariaLabel = t(unread > 0 ? "launcherNew" : "launcher", { n: unread });
    write(badge, String(unread));
    show(badge, unread > 0);
  }

  return { element, render };
}

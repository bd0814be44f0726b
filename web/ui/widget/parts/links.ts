// Web addresses in what was said, made links that are safe to follow.

import { pieces } from "../later/links";
import { h } from "../view/dom";

/** Makes the addresses in an element's text links. */
export function link(element: HTMLElement): void {
  const parts = pieces(element.textContent ?? "").map(({ text, href }) =>
    href
      ? h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, text)
      : document.createTextNode(text),
  );
  element.replaceChildren(...parts);
}

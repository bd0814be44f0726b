import { h } from "./dom";

/** Adds a style sheet. An adopted one needs no exception in the page's content policy; an element may. */
export function dress(root: ShadowRoot, css: string, nonce: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    root.prepend(h("style", { nonce }, css));
  }
}

// The one place that makes elements. Text only ever becomes a text node.

type Listeners = {
  [type in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[type]) => void;
};
type Attributes = Record<string, string | number | boolean>;

/** Makes an element. An attribute that is false is left out, true is the empty string. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** A button with words in it. */
export function button(cls: string, text: string, onPress: () => void): HTMLButtonElement {
  return on(h("button", { type: "button", class: cls }, text), { click: onPress });
}

/** Adds listeners and gives the element back. */
export function on<E extends HTMLElement>(element: E, listeners: Listeners): E {
  for (const [type, run] of Object.entries(listeners)) {
    element.addEventListener(type, run as EventListener);
  }
  return element;
}

/** An icon that screen readers skip, drawn on 24×24 with the colour of the text. */
export function icon(d: string): SVGSVGElement {
  const make = (tag: "svg" | "path") => document.createElementNS("http://www.w3.org/2000/svg", tag);
  const svg = make("svg") as SVGSVGElement;
  const path = make("path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

/** Changes a text only if it differs, so that live regions speak once. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows or hides. */
export function show(element: HTMLElement, visible: boolean): void {
  if (element.hidden === visible) element.hidden = !visible;
}

/** A link that dials. */
export function callLink(text: string, phone: string): HTMLAnchorElement {
  return h("a", { class: "call", href: `tel:${phone.replace(/[^\d+]/g, "")}` }, text);
}

export const ICONS = {
  chat: "M4 5h16v12h-9l-4 4v-4H4zM8 9h8M8 13h5",
  person: "M4 20q0-6 8-6t8 6M12 3a4 4 0 0 1 0 8a4 4 0 0 1 0-8",
  close: "M6 6l12 12M18 6L6 18",
} as const;

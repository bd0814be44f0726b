// What the page around says to the widget and hears from it: window.Yijian(…), marked elements, and
// links that end in #yijian or #yijian-human.

import type { WidgetEvent } from "./widget";

/** The verbs a page can use. */
export interface Verbs {
  open(): void;
  close(): void;
  human(): void;
}

type Listener = (detail?: string | number) => void;
type Call = [verb: string, ...rest: unknown[]];

interface Api {
  (...call: Call): void;
  /** Calls made before the widget was loaded. */
  q?: Call[];
}

declare global {
  interface Window {
    Yijian?: Api;
  }
}

/** Installs the page's side, replays the calls made before, and returns how to tell the page. */
export function connectPage(verbs: Verbs): (event: WidgetEvent, detail?: string | number) => void {
  const listeners = new Map<string, Listener[]>();
  const early = window.Yijian?.q ?? [];
  const api: Api = (verb, ...rest) => {
    if (verb === "open") verbs.open();
    else if (verb === "close") verbs.close();
    else if (verb === "requestHuman") verbs.human();
    else if (verb === "on") listen(listeners, rest);
  };
  window.Yijian = api;
  document.addEventListener("click", (event) => pressed(event, verbs));
  addEventListener("hashchange", () => followHash(verbs));
  for (const call of early) api(...call);
  followHash(verbs);
  return (event, detail) => {
    for (const tell of listeners.get(event) ?? []) tell(detail);
  };
}

function listen(listeners: Map<string, Listener[]>, [event, listener]: unknown[]): void {
  if (typeof event !== "string" || typeof listener !== "function") return;
  listeners.set(event, [...(listeners.get(event) ?? []), listener as Listener]);
}

function pressed(event: Event, verbs: Verbs): void {
  const target = event.target instanceof Element ? event.target : null;
  const marked = target?.closest("[data-yijian-human], [data-yijian-open]");
  if (!marked) return;
  event.preventDefault();
  if (marked.hasAttribute("data-yijian-human")) verbs.human();
  else verbs.open();
}

/** A link or a QR code can ask too. The hash goes, so that a reload is not a second request. */
function followHash(verbs: Verbs): void {
  const { hash, pathname, search } = location;
  if (hash !== "#yijian" && hash !== "#yijian-human") return;
  history.replaceState(history.state, "", pathname + search);
  if (hash === "#yijian-human") verbs.human();
  else verbs.open();
}

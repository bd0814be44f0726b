// The widget on the page: one element with an open shadow root, the launcher and the panel in it,
// and the client behind them.

import type { Client } from "./client";
import type { Lang, T } from "./i18n";
import type { Store } from "./store";
import css from "./style/index.css?inline";
import { h } from "./view/dom";
import { dress } from "./view/dress";
import { launcherView } from "./view/launcher";
import { type Later, panelView } from "./view/panel";

/** What a page can listen to. */
export type WidgetEvent = "open" | "close" | "owner" | "unread";

export interface WidgetOptions {
  t: T;
  lang: Lang;
  client: Client;
  store: Store;
  now: () => number;
  /** The nonce of our script, for browsers that need a style element. */
  nonce: string;
  /** Fetches what is rarely needed. */
  later: Later;
  emit: (event: WidgetEvent, detail?: string | number) => void;
}

/** Makes the widget; the caller puts its element on the page. */
export function createWidget(o: WidgetOptions) {
  const { t, lang, client, store, now, nonce, later, emit } = o;
  const element = h("yijian-chat" as "div", { lang });
  const launcher = launcherView(t, () => (isOpen ? close() : open()));
  const panel = panelView({ t, lang, client, store, nonce, later, onHide: close, onHuman: human });
  let isOpen = false;
  /** The seq up to which the visitor has looked. */
  let seen = store.session()?.seq ?? 0;
  let unread = 0;
  let owner = "";
  // Here and not in the style sheet, where the bundler would add its own variables to it.
  element.style.colorScheme = "light dark";
  const root = element.attachShadow({ mode: "open" });
  root.append(launcher.element, panel.element);
  dress(root, css, nonce);
  launcher.render(false, 0);

  function open(): void {
    client.connect();
    if (isOpen) return;
    isOpen = true;
    panel.open();
    render();
    emit("open");
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    panel.close();
    render();
    emit("close");
  }

  /** Opens and asks for a person, in one press. */
  function human(): void {
    open();
    client.human();
  }

  /** Makes the page look like the model; called on every change and every second. */
  function render(): void {
    const model = client.model();
    const { state } = model;
    count(state.events.filter((e) => e.kind === "message" && e.from !== "visitor"));
    launcher.render(isOpen, unread);
    if (isOpen) panel.render(model, now());
    if (state.session === "" || state.owner === owner) return;
    owner = state.owner;
    emit("owner", owner);
  }

  function count(answers: readonly { seq: number }[]): void {
    if (isOpen && !document.hidden) {
      seen = Math.max(seen, answers.at(-1)?.seq ?? 0);
      client.seen();
    }
    const fresh = answers.filter(({ seq }) => seq > seen).length;
    if (fresh === unread) return;
    unread = fresh;
    emit("unread", unread);
  }

  return { element, open, close, human, render };
}

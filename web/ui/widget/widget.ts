// The widget on the page: one element with an open shadow root, the launcher and the panel in it,
// and the client behind them.

import type { Client } from "./client";
import type { Emit } from "./embed/api";
import type { Fetch } from "./embed/parts";
import type { Lang, T } from "./i18n";
import type { Store } from "./store";
import css from "./style/index.css?inline";
import { h } from "./view/dom";
import { dress } from "./view/dress";
import { launcherView } from "./view/launcher";
import { panelView } from "./view/panel";

export interface WidgetOptions {
  t: T;
  lang: Lang;
  client: Client;
  store: Store;
  now: () => number;
  /** The nonce of our script, for browsers that need a style element. */
  nonce: string;
  part: Fetch;
  /** The page is the chat's own. */
  fullPage: boolean;
  emit: Emit;
}

/** Makes the widget; the caller puts its element on the page. */
export function createWidget(o: WidgetOptions) {
  const { t, lang, client, store, now, nonce, part, fullPage, emit } = o;
  const element = h("yijian-chat" as "div", { lang, "data-page": fullPage });
  const launcher = launcherView(t, () => (isOpen ? close() : open()));
  const panel = panelView({
    t,
    lang,
    client,
    store,
    nonce,
    part,
    fullPage,
    now,
    onHide: close,
    onHuman: human,
  });
  let isOpen = false;
  /** The seq up to which the visitor has looked. */
  let seen = store.session()?.seq ?? 0;
  let unread = 0;
  let told = client.model().state;
  // Here and not in the style sheet, where the bundler would add its own variables to it.
  for (const part of [launcher, panel]) part.element.style.colorScheme = "light dark";
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
    emit("open", undefined);
  }

  function close(): void {
    if (!isOpen || fullPage) return;
    isOpen = false;
    panel.close();
    render();
    emit("close", undefined);
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
    if (state !== told) void report();
  }

  /** Tells the page what is new; what was new before that can be told is told then. */
  async function report(): Promise<void> {
    const { tell } = await part("news");
    const before = told;
    told = client.model().state;
    tell(before, told, emit);
  }

  /** Puts it on the page, again if the page dropped it. */
  function attach(): void {
    if (!element.isConnected) {
      document.body?.append(element);
      if (isOpen) panel.open();
    } else if (!isOpen && launcher.element.getBoundingClientRect().top > innerHeight) {
      // A body that is moved or filtered takes what is fixed along, out of sight on a long page.
      document.documentElement.append(element);
    }
  }

  function count(answers: readonly { seq: number }[]): void {
    if (isOpen && !document.hidden) {
      seen = Math.max(seen, answers.at(-1)?.seq ?? 0);
      client.seen();
    }
    const fresh = answers.filter(({ seq }) => seq > seen).length;
    if (fresh === unread) return;
    unread = fresh;
    emit("unread", { count: unread });
  }

  return { element, open, close, human, attach, render };
}

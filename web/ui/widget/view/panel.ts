// The panel: a dialog beside the page, or the whole screen on a phone. It is built once and hidden
// when it is closed, so that opening it again shows what was left.

import type { Client, Model } from "../client";
import type { Fetch } from "../embed/parts";
import type { Lang, T } from "../i18n";
import type { Ease } from "../later/ease";
import type { Extras } from "../later/extras";
import type { Idle } from "../later/idle";
import type { Choices, Store } from "../store";
import { composerView } from "./composer";
import { h, on } from "./dom";
import { footerView } from "./footer";
import { headerView } from "./header";
import { items } from "./items";
import { logView } from "./log";
import { statusView } from "./status";

export interface PanelOptions {
  t: T;
  lang: Lang;
  client: Client;
  store: Store;
  nonce: string;
  part: Fetch;
  /** The page is the chat's own. */
  fullPage: boolean;
  now: () => number;
  onHide: () => void;
  onHuman: () => void;
}

const USUAL_SIZE = 18;
const LARGE_SIZE = 20;

/** Makes the panel, hidden. */
export function panelView(o: PanelOptions) {
  const { t, lang, client, store, part, nonce, onHide, onHuman } = o;
  const view = window.visualViewport;
  const phone = matchMedia("(max-width: 520px), (max-height: 420px)");
  const isLarge = () => store.choices().large === true;
  const header = headerView({
    t,
    onHuman,
    onHide,
    onMore: more,
    onLarge: () => choose({ large: !isLarge() }),
  });
  const status = statusView(t, client);
  const log = logView({ t, lang, client, part, edit, hold: () => ease?.hold });
  const meter = () => ease?.meter;
  const composer = composerView({ t, client, store, meter, onSent: () => log.toEnd() });
  const footer = footerView({ t, lang, client, part, onLeft: () => header.focus() });
  const parts = [header, status, log, composer, footer].map(({ element }) => element);
  const element = h("dialog", { class: "panel", "aria-label": t("launcher") }, ...parts);
  const asked = new Set<() => Promise<void>>();
  let extras: Extras | undefined;
  let idle: Idle | undefined;
  let ease: Ease | undefined;

  on(element, { keydown: key, close: onHide });
  phone.addEventListener("change", shape);
  for (const event of ["resize", "scroll"]) view?.addEventListener(event, shape);

  /** On a phone: as tall as what its keyboard leaves. */
  function shape(): void {
    const full = phone.matches || o.fullPage;
    const fitted = full && view && view.scale === 1;
    const size = Math.max(store.choices().size ?? USUAL_SIZE, isLarge() ? LARGE_SIZE : 0);
    element.toggleAttribute("data-full", full);
    element.toggleAttribute("data-large", isLarge());
    element.style.top = fitted ? `${view.offsetTop}px` : "";
    element.style.height = fitted ? `${view.height}px` : "";
    element.style.setProperty("--yj-size", `${size}px`);
    composer.grow();
    log.settle();
  }

  /** The visitor's own choices are kept, told to the server, and seen at once. */
  function choose(change: Choices): void {
    store.choose(change);
    client.prefer();
    shape();
    refresh();
  }

  /** What is rarely wanted lies over the conversation, never over the way to a person. */
  function more(): void {
    const open = element.toggleAttribute("data-more");
    refresh();
    if (open) ease?.focus();
    else header.back();
  }

  const isMore = () => element.hasAttribute("data-more");

  function edit(text: string): void {
    composer.put(text);
    composer.focus();
  }

  /** Keys typed here are no shortcuts of the page around. Escape hides, and ends nothing. */
  function key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    if (isMore()) more();
    else onHide();
  }

  /** Whole-screen is modal: the browser keeps focus inside and the rest of the page away. */
  function open(): void {
    // Put back on the page it is still open, but no more above it.
    element.removeAttribute("open");
    if (phone.matches && !o.fullPage) element.showModal();
    else element.show();
    shape();
    log.toEnd();
    (phone.matches ? header : composer).focus();
  }

  function render(model: Model, now: number): void {
    const { state } = model;
    header.render(model, isLarge(), isMore());
    status.render(model, now, extras?.place(model));
    for (const part of [composer, footer, log]) part.render(model, now);
    // Behind all that is needed, so that nothing here can keep it off the page.
    for (const part of [extras, idle, ease]) part?.render(model, now);
    if (state.endsAt) fetch(addIdle);
    if (state.seq) fetch(addExtras);
    if (state.session || isLarge() || isMore()) fetch(addEase);
    log.settle();
  }

  const refresh = () => render(client.model(), o.now());

  /** What is not always there comes when it is wanted. */
  function fetch(add: () => Promise<void>): void {
    if (asked.has(add)) return;
    asked.add(add);
    add().then(refresh);
  }

  async function addIdle(): Promise<void> {
    idle = (await part("idle")).idleView(lang, client);
    status.element.prepend(idle.element);
  }

  async function addExtras(): Promise<void> {
    extras = (await part("extras")).extrasView({ lang, client, store, choose });
    log.scroller.append(extras.element);
    extras.dress(nonce);
  }

  async function addEase(): Promise<void> {
    const { easeView } = await part("ease");
    ease = easeView({
      lang,
      client,
      store,
      choose,
      panel: element,
      status: status.element,
      log: log.log,
      items: () => items(client.model().state, { t, lang, now: 0, connected: true }),
      back: more,
      leave: footer.ask,
      dictated: composer.put,
    });
    status.element.after(ease.sheet);
    composer.row.before(ease.heard);
    composer.row.prepend(ease.microphone);
    ease.dress(nonce);
    if (isMore()) ease.focus();
  }

  return { element, open, close: () => element.close(), render };
}

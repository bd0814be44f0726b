// The panel: a dialog beside the page, or the whole screen on a phone. It is built once and hidden
// when it is closed, so that opening it again shows what was left.

import type { Client, Model } from "../client";
import type { Fetch } from "../embed/parts";
import type { Lang, T } from "../i18n";
import type { Extras } from "../later/extras";
import type { Idle } from "../later/idle";
import type { Store } from "../store";
import { composerView } from "./composer";
import { h, on, write } from "./dom";
import { footerView } from "./footer";
import { headerView } from "./header";
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
  onHide: () => void;
  onHuman: () => void;
}

const SIZES = [16, 18, 20, 24];
const USUAL_SIZE = 18;

/** Makes the panel, hidden. */
export function panelView(o: PanelOptions) {
  const { t, lang, client, store, onHide, onHuman } = o;
  const view = window.visualViewport;
  const phone = matchMedia("(max-width: 520px), (max-height: 420px)");
  const said = h("p", { class: "unseen", role: "status" });
  const header = headerView({ t, onHuman, onHide, onSize: nextSize });
  const status = statusView(t, client);
  const log = logView({ t, lang, client, part: o.part, edit });
  const composer = composerView({ t, client, store, onSent: () => log.toEnd() });
  const footer = footerView({
    t,
    lang,
    client,
    part: o.part,
    onLeft: () => header.focus(),
  });
  const parts = [header, status, log, composer, footer].map(({ element }) => element);
  const element = h("dialog", { class: "panel", "aria-label": t("launcher") }, ...parts, said);
  const kept = store.size();
  let extras: Extras | undefined;
  let isFetched = false;
  let idle: Idle | "asked" | undefined;
  let size = SIZES.includes(kept) ? kept : USUAL_SIZE;

  on(element, { keydown: key, close: onHide });
  phone.addEventListener("change", shape);
  for (const event of ["resize", "scroll"]) view?.addEventListener(event, shape);

  /** On a phone: as tall as what its keyboard leaves. */
  function shape(): void {
    const full = phone.matches || o.fullPage;
    const fitted = full && view && view.scale === 1;
    element.toggleAttribute("data-full", full);
    element.style.top = fitted ? `${view.offsetTop}px` : "";
    element.style.height = fitted ? `${view.height}px` : "";
    element.style.setProperty("--yj-size", `${size}px`);
    composer.grow();
    log.settle();
  }

  function nextSize(): void {
    size = SIZES[(SIZES.indexOf(size) + 1) % SIZES.length] ?? USUAL_SIZE;
    store.saveSize(size);
    write(said, t("sizeNow", { n: size }));
    render(client.model(), Date.now());
    shape();
  }

  function edit(text: string): void {
    composer.put(text);
    composer.focus();
  }

  /** Keys typed here are no shortcuts of the page around. Escape hides, and ends nothing. */
  function key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) onHide();
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
    header.render(model, size);
    extras?.render(model);
    status.render(model, now, extras?.place(model));
    for (const part of [composer, footer, log]) part.render(model, now);
    fetch(model);
    warn(model, now);
    log.settle();
  }

  /** On a site where quiet chats end, the warning of it. */
  function warn(model: Model, now: number): void {
    if (typeof idle === "object") idle.render(model, now);
    if (idle || !model.state.endsAt) return;
    idle = "asked";
    o.part("idle").then(({ idleView }) => {
      idle = idleView(lang, client);
      status.element.prepend(idle.element);
      warn(client.model(), now);
    });
  }

  /** What is said beside the place in line and after the end comes when it is wanted, or not at all. */
  function fetch(model: Model): void {
    if (isFetched || !/waiting|closed/.test(model.state.owner)) return;
    isFetched = true;
    o.part("extras").then(
      ({ extrasView }) => {
        extras = extrasView(lang, client);
        log.scroller.append(extras.line, extras.rating);
        extras.dress(o.nonce);
        render(client.model(), Date.now());
      },
      () => {},
    );
  }

  return { element, open, close: () => element.close(), render };
}

// The conversation on the page. An element is made once per item and stays, so that a screen reader
// hears a message once and a bubble being read does not jump.

import type { Client, Model } from "../client";
import type { Fetch } from "../embed/parts";
import type { Lang, T } from "../i18n";
import type { Ease } from "../later/ease";
import { button, h, on, show, write } from "./dom";
import { type Bubble, GROWS, type Item, items, personName } from "./items";

export interface LogOptions {
  t: T;
  lang: Lang;
  client: Client;
  part: Fetch;
  /** What holds back bubbles of the bot, once it is there. */
  hold: () => Ease["hold"] | undefined;
  /** Gives a refused text back to the composer. */
  edit: (text: string) => void;
}

interface Row {
  element: HTMLElement;
  update: (item: Item) => void;
}

/** Near enough to the end that the next message may pull the view along. */
const NEAR_PX = 90;

/** Makes the log. The scroller is what scrolls; the rating is put at its end. */
export function logView(o: LogOptions) {
  const { t, lang } = o;
  const log = h("div", {
    class: "log",
    role: "log",
    tabindex: 0,
    "aria-label": t("log"),
    "aria-relevant": "additions",
  });
  const typing = h("p", { class: "typing" });
  const scroller = h("div", { class: "scroller" }, log, typing);
  const jump = button("jump", t("newBelow"), toEnd);
  const element = h("div", { class: "middle" }, scroller, jump);
  const rows = new Map<string, Row>();
  let atEnd = true;
  let last = "";
  let session = "";
  log.append(greeting(o));
  on(scroller, { scroll: scrolled });

  function render(model: Model, now: number): void {
    const { status, asking } = model;
    // Who has asked for a person is done with what a machine was about to say (invariant 3).
    const state = asking ? { ...model.state, stream: null } : model.state;
    // A history that arrives at once is not news to be read aloud.
    const isHistory = state.session !== session || state.seq <= state.history;
    log.ariaLive = isHistory ? "off" : "polite";
    session = state.session;
    const all = items(state, { t, lang, now, connected: status === "ready" });
    const list = (!isHistory && o.hold()?.(all, (key) => rows.has(key), now)) || all;
    reconcile(list);
    const text = list === all ? typingText(model, now, t) : t("thinking");
    write(typing, text && `${text} …`);
    show(typing, text !== "");
    follow(list.at(-1));
  }

  function reconcile(list: readonly Item[]): void {
    const keys = new Set(list.map((item) => item.key));
    for (const [key, row] of rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      rows.delete(key);
    }
    let before = log.firstElementChild;
    for (const item of list) {
      const row = rows.get(item.key) ?? makeRow(item, o);
      rows.set(item.key, row);
      row.update(item);
      if (before?.nextElementSibling !== row.element) before?.after(row.element);
      before = row.element;
    }
  }

  /** Goes along with the newest message, unless the visitor is reading further up. */
  function follow(item: Item | undefined): void {
    const isNew = item !== undefined && item.key !== last;
    last = item?.key ?? "";
    const mine = item?.is === "bubble" && item.from === "visitor";
    if (atEnd || (isNew && mine)) toEnd();
    else if (isNew) show(jump, true);
  }

  function scrolled(): void {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
    if (atEnd) show(jump, false);
  }

  function toEnd(): void {
    scroller.scrollTop = scroller.scrollHeight;
    atEnd = true;
    show(jump, false);
  }

  /** Keeps the end in view when something below or above took room. */
  const settle = () => {
    if (atEnd) toEnd();
  };

  show(jump, false);
  return { element, log, scroller, render, toEnd, settle };
}

function greeting({ t }: LogOptions): HTMLElement {
  const who = h("p", { class: "who" }, label(t("ai"), true));
  return h("div", { class: "row bot" }, who, h("div", { class: "bubble" }, t("hello")));
}

function makeRow(item: Item, o: LogOptions): Row {
  if (item.is === "bubble") return bubbleRow(item, o);
  const element = h("p", { class: item.is });
  return { element, update: (next) => write(element, next.text) };
}

function label(who: string, ai: boolean): HTMLElement {
  return h("span", ai ? { class: "ai" } : {}, who);
}

function bubbleRow(first: Bubble, o: LogOptions): Row {
  const grows = first.key.startsWith(GROWS);
  const bubble = h("div", { class: "bubble" }, first.text);
  if (!grows && /https?:/i.test(first.text)) o.part("links").then(({ link }) => link(bubble));
  const time = h("span", { class: "time" });
  const who = h("p", { class: "who" }, label(first.who, first.from === "bot"), " ", time);
  const mark = h("p", { class: "mark", hidden: true });
  // A screen reader is told the whole answer, once, when it is there.
  const hide = { "aria-hidden": grows && "true" };
  const element = h("div", { class: `row ${first.from}`, ...hide }, who, bubble, mark);
  const update = (item: Item) => {
    if (item.is !== "bubble") return;
    if (grows) write(bubble, item.text);
    write(time, item.time);
    renderMark(mark, item, o);
  };
  return { element, update };
}

function renderMark(mark: HTMLElement, item: Bubble, o: LogOptions): void {
  const state = item.mark + item.problem;
  if (mark.dataset.state === state) return;
  mark.dataset.state = state;
  show(mark, item.mark !== "");
  if (item.mark === "") mark.replaceChildren();
  else if (item.mark !== "refused") write(mark, o.t(item.mark));
  else {
    const edit = button("link", o.t("edit"), () => {
      o.client.withdraw(item.key);
      o.edit(item.text);
    });
    mark.replaceChildren(h("span", { class: "bad", role: "status" }, item.problem), edit);
  }
}

/** Who is at work on an answer, or "". */
function typingText({ state, status }: Model, now: number, t: T): string {
  if (state.typingUntil > now && state.owner === "human") {
    return t("typing", { who: personName(state.agent, t) });
  }
  const last = state.events.findLast((e) => e.kind === "message" || e.kind === "move");
  const asked = last?.kind === "message" && last.from === "visitor";
  return asked && state.owner === "bot" && status === "ready" ? t("thinking") : "";
}

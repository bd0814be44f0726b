// What is said beside the place in line, beyond the place: why it takes longer, when a closed desk opens,
// and the call that a visitor may ask for instead of waiting on the page.

import type { VisitorEvent } from "../../shared/wire";
import type { Client, Model } from "../client";
import type { Lang } from "../i18n";
import { button, h, on, show, write } from "../view/dom";
import { callTimes, spoken } from "./times";
import type { LaterT } from "./words";

type CallEvent = VisitorEvent & { kind: "callback" };

/** The call that this visitor waits for, if any. */
export function callOf({ state }: Model): CallEvent | undefined {
  let call: CallEvent | undefined;
  for (const event of state.events) {
    if (event.kind === "move" && /bot|closed/.test(event.owner)) call = undefined;
    if (event.kind === "callback") call = event.reason === "asked" ? event : undefined;
  }
  return state.owner === "waiting" ? call : undefined;
}

/** What stands in the place of the place for somebody who is to be called. */
export function instead(model: Model, t: LaterT, lang: Lang): [string, string] | undefined {
  const call = callOf(model);
  if (!call) return;
  const { phone = "", when } = call;
  const text = when ? t("callAt", { phone, when: spoken(when, lang) }) : t("callSoon", { phone });
  return [text, t("callStay")];
}

/** Everything there is to say about a wait, one sentence each. */
export function besides(model: Model, t: LaterT, lang: Lang): string[] {
  const { queue } = model.state;
  const call = callOf(model);
  const out: string[] = [];
  if (queue && !call) {
    if (queue.near) out.push(t("near"));
    if (queue.why) out.push(t(queue.why));
    if (queue.unstaffed) out.push(t("unstaffed"));
    if (queue.opens_at) out.push(t("opens", { when: spoken(queue.opens_at, lang) }));
    if (queue.full) out.push(t("full"));
  }
  const number = call?.number ?? queue?.number;
  if (number) out.push(t("number", { n: `${number.slice(0, 4)} ${number.slice(4)}` }));
  return out;
}

/** Makes the part of the strip. */
export function lineView(t: LaterT, lang: Lang, client: Client) {
  const more = h("p");
  const phone = h("input", { type: "tel", autocomplete: "tel", inputmode: "tel", required: true });
  const when = h("select");
  const form = h(
    "form",
    { class: "ask", novalidate: true },
    h("label", {}, t("phone"), phone),
    h("label", {}, t("when"), when),
    h(
      "div",
      { class: "choices" },
      h("button", { class: "primary" }, t("callSend")),
      button("quiet", t("callNot"), () => swap(false)),
    ),
  );
  const ask = button("quiet", t("callAsk"), () => swap(true));
  const change = button("quiet", t("callChange"), () => swap(true));
  const wait = button("quiet", t("callCancel"), () => client.tap({ t: "callback", cancel: true }));
  const element = h("div", { class: "beside" }, more, ask, change, wait, form);
  let isAsking = false;
  let call: CallEvent | undefined;

  on(form, { submit: send });

  /** The number may be anything: the server knows what can be dialled, and says so. */
  function send(event: Event): void {
    event.preventDefault();
    const number = phone.value.trim();
    const then = when.value && { when: when.value };
    if (number) client.tap({ t: "callback", phone: number, ...then });
    else phone.focus();
  }

  function swap(asking: boolean): void {
    isAsking = asking;
    if (asking) {
      const times = callTimes(Date.now()).map((at) => h("option", { value: at }, spoken(at, lang)));
      when.replaceChildren(h("option", { value: "" }, t("soonest")), ...times);
    }
    shape();
    if (!asking) ask.focus();
    else {
      phone.focus();
      form.scrollIntoView();
    }
  }

  function shape(): void {
    show(form, isAsking);
    show(ask, !isAsking && !call);
    show(change, !isAsking && !!call);
    show(wait, !isAsking && !!call);
  }

  function render(model: Model): void {
    const next = callOf(model);
    if (next?.seq !== call?.seq) isAsking = false; // it was heard
    call = next;
    show(element, model.state.owner === "waiting");
    write(more, besides(model, t, lang).join(lang === "en" ? " " : ""));
    shape();
  }

  return { element, render };
}

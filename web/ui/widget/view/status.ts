// What stands between the header and the conversation: the network, errors, and the place in line.

import type { Client, Model } from "../client";
import type { T } from "../i18n";
import { button, callLink, h, show, write } from "./dom";
import { isLongGone, networkText, placeNote, placeText } from "./line";

/** The place is shown at once but read aloud at most this often. */
const SPOKEN_EVERY_MS = 30_000;

const NO_CONTACT = { phone: "", hours: "" };

/** Makes the strips. */
export function statusView(t: T, client: Client) {
  const lostHours = h("p");
  const lostCall = callSlot(t);
  const retry = button("quiet", t("retry"), client.connect);
  const lost = strip("lost", lostHours, lostCall.element, retry);

  const trouble = strip("lost", button("quiet", t("gotIt"), client.dismiss));

  const note = h("p");
  const lineCall = callSlot(t);
  const line = strip("place", note, lineCall.element);
  const speak = spokenAtTimes(line.text);

  /** Instead of our own words about the place, what is said for somebody who is to be called. */
  function render(model: Model, now: number, instead?: readonly [string, string]): void {
    const { phone, hours } = isLongGone(model, now) ? model : NO_CONTACT;
    lost.say(networkText(model, now, t));
    show(retry, model.status === "stopped");
    lostCall.render(phone);
    write(lostHours, hours && t("hours", { hours }));
    trouble.say(model.state.problem?.message ?? "");

    const [text, more] = instead ?? [placeText(model, now, t), placeNote(model, t)];
    speak(text, now);
    line.say(text);
    write(note, more);
    lineCall.render(model.state.owner === "waiting" ? model.phone : "");
  }

  const strips = [lost, trouble, line].map(({ element }) => element);
  return { element: h("div", { class: "status" }, ...strips), render };
}

/** One sentence with what can be done about it; without a sentence it is not shown. */
export function strip(cls: string, ...more: Node[]) {
  const text = h("p", { class: "said", role: "status" });
  const element = h("div", { class: `strip ${cls}` }, text, ...more);
  const say = (sentence: string): void => {
    write(text, sentence);
    show(element, sentence !== "");
  };
  return { element, text, say };
}

/** Quietens a live region that changes too often; a change that was not read is read later. */
function spokenAtTimes(region: HTMLElement): (text: string, now: number) => void {
  let spoken = "";
  let spokenAt = 0;
  return (text, now) => {
    if (text === spoken) return;
    const quiet = spoken !== "" && text !== "" && now - spokenAt < SPOKEN_EVERY_MS;
    region.ariaLive = quiet ? "off" : "polite";
    if (quiet) return;
    spoken = text;
    spokenAt = now;
    write(region, "");
  };
}

function callSlot(t: T) {
  const element = h("span");
  let shown = "";
  const render = (phone: string): void => {
    if (phone === shown) return;
    shown = phone;
    element.replaceChildren(...(phone ? [callLink(t("call", { phone }), phone)] : []));
  };
  return { element, render };
}

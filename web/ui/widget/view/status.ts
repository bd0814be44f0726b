// What stands between the header and the conversation: the network, errors, and the place in line.

import type { Client, Model } from "../client";
import type { T } from "../i18n";
import { button, callLink, h, show, write } from "./dom";
import { isLongGone, networkText, placeNote, placeText } from "./line";

/** The place is shown at once but read aloud at most this often. */
const SPOKEN_EVERY_MS = 30_000;

/** Makes the strips. */
export function statusView(t: T, client: Client) {
  const place = h("p", { class: "place", role: "status" });
  const note = h("p");
  const lineCall = callSlot(t);
  const line = h("div", { class: "strip" }, place, note, lineCall.element);
  const speak = spokenAtTimes(place);

  const network = h("p", { role: "status" });
  const lostCall = callSlot(t);
  const retry = button("quiet", t("retry"), () => client.connect());
  const lost = h("div", { class: "strip lost" }, network, lostCall.element, retry);

  const problem = h("p", { role: "status" });
  const ok = button("quiet", t("gotIt"), () => client.dismiss());
  const trouble = h("div", { class: "strip lost" }, problem, ok);

  function render(model: Model, now: number): void {
    fill(lost, network, networkText(model, now, t));
    show(retry, model.status === "stopped");
    lostCall.render(isLongGone(model, now) ? model.phone : "");
    fill(trouble, problem, model.state.problem?.message ?? "");
    const text = placeText(model, now, t);
    speak(text, now);
    fill(line, place, text);
    fill(note, note, placeNote(model, t));
    lineCall.render(model.state.owner === "waiting" ? model.phone : "");
  }

  return { element: h("div", { class: "status" }, lost, trouble, line), render };
}

/** Writes a text into its place; a strip without a text is not shown. */
function fill(strip: HTMLElement, place: HTMLElement, text: string): void {
  write(place, text);
  show(strip, text !== "");
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

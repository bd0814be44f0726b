// Asked once, after a person has helped and the chat is over; never in the way of writing on.

import type { Client, Model } from "../client";
import type { T } from "../i18n";
import { button, h, ICONS, icon, on, show } from "./dom";

const SCORES = [1, 2, 3, 4, 5] as const;

/** Makes the question; render() shows it when it is time. */
export function ratingView(t: T, client: Client) {
  let chosen = 0;
  const send = button("primary", t("rateSend"), () => client.rate(chosen));
  const skip = button("quiet", t("rateSkip"), () => client.skipRating());
  send.disabled = true;

  const stars = SCORES.map((score) => {
    const radio = h("input", { type: "radio", name: "score", value: score });
    on(radio, { change: () => choose(score) });
    return h("label", { class: "star" }, radio, icon(...ICONS.star), t(`rate${score}`));
  });

  function choose(score: number): void {
    chosen = score;
    send.disabled = false;
    for (const [index, star] of stars.entries()) star.classList.toggle("lit", index < score);
  }

  const element = h(
    "fieldset",
    { class: "rating" },
    h("legend", {}, t("rateAsk")),
    h("div", { class: "stars" }, ...stars),
    h("div", { class: "choices" }, send, skip),
  );

  function render({ state, rateDone }: Model): void {
    const helped = state.events.some((e) => e.from === "agent" && e.kind === "message");
    show(element, state.owner === "closed" && helped && !rateDone);
  }

  return { element, render };
}

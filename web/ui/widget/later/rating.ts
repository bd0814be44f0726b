// Asked once, after a person has helped and the chat is over; never in the way of writing on.

import type { Client, Model } from "../client";
import { button, h, icon, on, show } from "../view/dom";
import type { LaterT } from "./words";

const STAR = "M12 4l2.5 5 5.5.8-4 4 1 5.5-5-2.6-5 2.6 1-5.5-4-4L9.5 9z";
const SCORES = [1, 2, 3, 4, 5] as const;

/** Makes the question; render() shows it when it is time. */
export function ratingView(t: LaterT, client: Client) {
  let chosen = 0;
  const send = button("primary", t("rateSend"), () => client.rate(chosen));
  const skip = button("quiet", t("rateSkip"), () => client.skipRating());
  send.disabled = true;

  const stars = SCORES.map((score) => {
    const radio = h("input", { type: "radio", name: "score", value: score });
    on(radio, { change: () => choose(score) });
    return h("label", { class: "star" }, radio, icon(STAR), t(`rate${score}`));
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

  return { element, render: (model: Model) => show(element, isRatable(model)) };
}

/** The chat is over, a person has helped, and no rating was given or declined. */
function isRatable({ state, rateDone }: Model): boolean {
  const helped = state.events.some((e) => e.from === "agent" && e.kind === "message");
  return state.owner === "closed" && helped && !rateDone;
}

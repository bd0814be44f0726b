// Asked once, after a person has helped and the chat is over; never in the way of writing on.

import { translator } from "../../shared/i18n";
import { type Client, isRatable, type Model } from "../client";
import type { Lang } from "../i18n";
import { button, h, icon, on, show } from "../view/dom";
import { dress } from "../view/dress";
import css from "./rating.css?inline";
import { en, zh } from "./words";

/** The question, as the panel holds it. */
export type RatingView = ReturnType<typeof ratingView>;

const STAR = "M12 4l2.5 5 5.5.8-4 4 1 5.5-5-2.6-5 2.6 1-5.5-4-4L9.5 9z";
const SCORES = [1, 2, 3, 4, 5] as const;

/** Makes the question; render() shows it when it is time. */
export function ratingView(lang: Lang, client: Client, nonce: string) {
  const t = translator(lang === "en" ? en : zh);
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

  let isDressed = false;
  function render(model: Model): void {
    const root = element.getRootNode();
    if (!isDressed && root instanceof ShadowRoot) {
      dress(root, css, nonce);
      isDressed = true;
    }
    show(element, isRatable(model));
  }

  return { element, render };
}

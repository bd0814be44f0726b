// Asked once, after a person has helped and the chat is over; never in the way of writing on. Who is not
// helped yet is shown the way to a person instead of stars.

import type { Model } from "../client";
import { button, h, icon, on, show } from "../view/dom";
import type { AskedOptions } from "./asked";

const STAR = "M12 4l2.5 5 5.5.8-4 4 1 5.5-5-2.6-5 2.6 1-5.5-4-4L9.5 9z";
const SCORES = [1, 2, 3, 4, 5] as const;

type Step = "solved" | "unsolved" | "stars";

/** Makes the question; render() shows it when it is time. */
export function ratingView({ t, client, store, choose }: AskedOptions) {
  let chosen = 0;
  let step: Step = "solved";
  let session = "";
  const send = button("primary", t("rateSend"), () => client.tap({ t: "rate", score: chosen }));
  const skip = () => button("quiet", t("rateSkip"), () => choose({ unrated: session }));
  send.disabled = true;

  const marks = SCORES.map((score) => {
    const radio = h("input", { type: "radio", name: "score", value: score });
    on(radio, { change: () => light(score) });
    return h("label", { class: "star" }, radio, icon(STAR), t(`rate${score}`));
  });
  const person = button("primary", t("person"), () => client.human());
  const steps: Record<Step, HTMLElement> = {
    solved: part("solvedAsk", [
      button("quiet", t("solvedYes"), () => go("stars")),
      button("quiet", t("solvedNo"), () => go("unsolved")),
    ]),
    unsolved: part("unsolved", [person, skip()]),
    stars: part("rateAsk", [send, skip()], h("div", { class: "stars" }, ...marks)),
  };
  const element = h("div", {}, ...Object.values(steps));

  function part(ask: "solvedAsk" | "unsolved" | "rateAsk", choices: Node[], ...between: Node[]) {
    const legend = h("legend", { tabindex: -1 }, t(ask));
    const buttons = h("div", { class: "choices" }, ...choices);
    return h("fieldset", { class: "rating" }, legend, ...between, buttons);
  }

  function light(score: number): void {
    chosen = score;
    send.disabled = false;
    marks.forEach((star, index) => void star.classList.toggle("lit", index < score));
  }

  /** The next question takes the focus of the button that goes. */
  function go(next: Step): void {
    step = next;
    shape();
    steps[next].querySelector("legend")?.focus();
    element.scrollIntoView({ block: "end" });
  }

  function shape(): void {
    for (const [name, one] of Object.entries(steps)) show(one, name === step);
  }

  function render(model: Model): void {
    const { state } = model;
    const isDone = client.keeps("rate") || store.choices().unrated === state.session;
    const isAsked = isRatable(model) && !isDone;
    if (!isAsked || state.session !== session) step = "solved";
    session = state.session;
    shape();
    show(element, isAsked);
  }

  return { element, render };
}

/** The chat is over, a person has helped, and it was not rated. */
function isRatable({ state }: Model): boolean {
  const helped = state.events.some((e) => e.from === "agent" && e.kind === "message");
  return state.owner === "closed" && helped && state.rated === 0;
}

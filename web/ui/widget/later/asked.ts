// What the visitor is asked: whether a person should take over, and whether larger text would help. Each
// is one sentence with two buttons of the same size; it stands in nobody's way and a no is a no.

import type { Client, Model } from "../client";
import type { Choices, Store } from "../store";
import { button, h, show, write } from "../view/dom";
import type { LaterT } from "./words";

export interface AskedOptions {
  t: LaterT;
  client: Client;
  store: Store;
  choose: (change: Choices) => void;
}

/** Makes both questions. */
export function askedView({ t, client, store, choose }: AskedOptions) {
  let answered = "";
  const person = question(t("offerYes"), t("offerNo"), (yes) => {
    const { offer } = client.model().state;
    if (!offer) return;
    answered = offer.id;
    client.tap({ t: "answer", offer: offer.id, yes });
  });
  const large = question(t("largeYes"), t("largeNo"), (yes) =>
    choose(yes ? { large: true } : { notLarge: true }),
  );

  function render({ state }: Model): void {
    const { offer, assist } = state;
    person.render(offer && offer.id !== answered ? offer.text || t("offerAsk") : "");
    const { large: isLarge, notLarge } = store.choices();
    large.render(assist && !isLarge && !notLarge ? t("largeAsk") : "");
  }

  return { elements: [person.element, large.element], render };
}

function question(yes: string, no: string, answer: (yes: boolean) => void) {
  const text = h("p", { role: "status" });
  const choices = h(
    "div",
    { class: "choices" },
    button("quiet", yes, () => answer(true)),
    button("quiet", no, () => answer(false)),
  );
  const element = h("div", { class: "beside asked" }, text, choices);
  return {
    element,
    render(sentence: string): void {
      write(text, sentence);
      show(element, sentence !== "");
    },
  };
}

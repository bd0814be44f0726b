import type { Client, Model } from "../client";
import type { Lang } from "../i18n";
import type { Choices, Store } from "../store";
import { h } from "../view/dom";
import { dress } from "../view/dress";
import { askedView } from "./asked";
import css from "./extras.css?inline";
import { instead, lineView } from "./line";
import { ratingView } from "./rating";
import { suggestView } from "./suggest";
import { laterWords } from "./words";

export interface ExtrasOptions {
  lang: Lang;
  client: Client;
  store: Store;
  choose: (change: Choices) => void;
}

/** What the panel holds of this file. */
export type Extras = ReturnType<typeof extrasView>;

/** Makes what stands at the end of the conversation: the wait, what is asked, and the rating. */
export function extrasView({ lang, client, store, choose }: ExtrasOptions) {
  const t = laterWords(lang);
  const asked = askedView({ t, client, store, choose });
  const rating = ratingView({ t, client, store, choose });
  const line = lineView(t, lang, client);
  const suggest = suggestView(t, client);
  const parts = [suggest, line, rating].map(({ element }) => element);
  const element = h("div", { class: "extras" }, ...asked.elements, ...parts);
  return {
    element,
    /** Once it stands on the page. */
    dress: (nonce: string) => dress(element.getRootNode() as ShadowRoot, css, nonce),
    render(model: Model): void {
      asked.render(model);
      suggest.render(model);
      rating.render(model);
      line.render(model);
    },
    place: (model: Model) => instead(model, t, lang),
  };
}

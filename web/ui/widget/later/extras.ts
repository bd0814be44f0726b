import type { Client, Model } from "../client";
import type { Lang } from "../i18n";
import { dress } from "../view/dress";
import css from "./extras.css?inline";
import { instead, lineView } from "./line";
import { ratingView } from "./rating";
import { laterWords } from "./words";

/** What the panel holds of this file. */
export type Extras = ReturnType<typeof extrasView>;

/** Makes what stands beside the place in line, and after the end. */
export function extrasView(lang: Lang, client: Client) {
  const t = laterWords(lang);
  const rating = ratingView(t, client);
  const line = lineView(t, lang, client);
  return {
    rating: rating.element,
    line: line.element,
    /** Once it stands on the page. */
    dress: (nonce: string) => dress(line.element.getRootNode() as ShadowRoot, css, nonce),
    render(model: Model): void {
      rating.render(model);
      line.render(model);
    },
    place: (model: Model) => instead(model, t, lang),
  };
}

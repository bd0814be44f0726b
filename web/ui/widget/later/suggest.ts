// What the bot suggests to say next, as buttons below its last message. Writing something else is always
// possible, and so is a person: the suggestions go as soon as anything else was said.

import type { VisitorState } from "../../shared/reduce";
import type { Client, Model } from "../client";
import { button, h, show } from "../view/dom";
import type { LaterT } from "./words";

const MOST = 3;

/** The suggestions that stand now: of the newest message, while the bot answers and asks nothing else. */
export function suggestions({ events, pending, owner, offer }: VisitorState): string[] {
  const last = events.findLast((e) => e.kind === "message");
  if (last?.kind !== "message" || owner !== "bot" || offer || pending.length > 0) return [];
  const said: unknown = last.suggest;
  return Array.isArray(said) ? said.filter((s) => s && typeof s === "string").slice(0, MOST) : [];
}

/** Makes the buttons. */
export function suggestView(t: LaterT, client: Client) {
  const choices = h("div", { class: "choices" });
  const element = h("div", { role: "group", "aria-label": t("suggest") }, h("p", {}, t("suggest")));
  element.append(choices);
  let shown = "";

  function render({ state }: Model): void {
    const list = suggestions(state);
    const key = list.join("\n");
    show(element, list.length > 0);
    if (key === shown) return;
    shown = key;
    choices.replaceChildren(...list.map((text) => button("quiet", text, () => client.say(text))));
  }

  return { element, render };
}

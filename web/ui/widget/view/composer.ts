// Where the visitor writes. What is typed is kept until it is sent, and nothing is sent by an input
// method's own Enter.

import type { Client, Model } from "../client";
import type { T } from "../i18n";
import type { Meter } from "../later/pace";
import type { Store } from "../store";
import { button, h, on, show, write } from "./dom";

export interface ComposerOptions {
  t: T;
  client: Client;
  store: Store;
  onSent: () => void;
  /** What measures the pace, once it is there. */
  meter: () => Meter | undefined;
}

/** What an Enter key that belongs to an input method reports. */
const IME_KEY = 229;
const TALLEST_PX = 168;

/** Makes the composer. put() adds a text to what is written; grow() is for after being hidden. */
export function composerView({ t, client, store, onSent, meter }: ComposerOptions) {
  const problem = h("p", { class: "bad", role: "status" });
  const input = h("textarea", { rows: 1, enterkeyhint: "send", "aria-label": t("write") });
  const sender = button("send", t("send"), send);
  const row = h("div", { class: "write" }, input, sender);
  const element = h("div", { class: "composer" }, problem, row);
  on(input, { input: typed, compositionend: typed, keydown: key });
  // Keeps the phone's keyboard open when the button is pressed.
  on(sender, { pointerdown: (event) => event.preventDefault() });

  function grow(): void {
    input.style.height = "auto";
    const { scrollHeight } = input;
    if (scrollHeight > 0) input.style.height = `${Math.min(scrollHeight + 2, TALLEST_PX)}px`;
  }

  /** Without an event it was not typed, but put there. */
  function typed(event?: Event): void {
    const { value } = input;
    if (event || value) meter()?.heard(value.length, event as InputEvent | undefined);
    grow();
    complain("");
    store.saveDraft(value);
    if (value !== "") client.typing();
  }

  function key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || event.keyCode === IME_KEY) return;
    event.preventDefault();
    send();
  }

  function send(): void {
    const text = input.value.trim();
    input.focus();
    if (text === "") return;
    if (!client.say(text, meter()?.sent())) {
      complain(t("tooLong"));
      return;
    }
    put("");
    onSent();
  }

  function complain(text: string): void {
    write(problem, text);
    show(problem, text !== "");
  }

  function put(text: string): void {
    input.value = text;
    typed();
  }

  function render({ state }: Model): void {
    input.placeholder = t(state.owner === "closed" ? "writeMore" : "write");
  }

  input.value = store.draft();
  complain("");
  return {
    element,
    row,
    render,
    grow,
    focus: () => input.focus(),
    put: (text: string) => put([text, input.value].filter(Boolean).join("\n")),
  };
}

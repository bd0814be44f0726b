// What is rarely wanted, in one list over the conversation: how it looks and sounds, what is measured,
// and what can be taken along. Every switch says what it does before it is turned.

import { button, h, on, show, write } from "../../view/dom";

/** The text sizes, px. */
export const SIZES = [16, 18, 20, 24, 30] as const;

/** A switch with a sentence below it. */
export function switchRow(label: string, note: string, turn: (on: boolean) => void) {
  const box = h("input", { type: "checkbox", role: "switch" });
  const text = h("p", { class: "note" }, note);
  const element = h("div", { class: "option" }, h("label", { class: "switch" }, label, box), text);
  on(box, { change: () => turn(box.checked) });
  return {
    element,
    render(isOn: boolean, said = note): void {
      box.checked = isOn;
      write(text, said);
      show(text, said !== "");
    },
  };
}

/** The steps of the text size, each written in its own size. */
export function sizeRow(label: string, name: (n: number) => string, pick: (n: number) => void) {
  const steps = SIZES.map((size) => {
    const step = button("step", "Aa", () => pick(size));
    step.setAttribute("aria-label", name(size));
    step.style.fontSize = `${size}px`;
    return step;
  });
  const element = h("div", { class: "steps", role: "group", "aria-label": label }, ...steps);
  return {
    element: h("div", { class: "option" }, h("p", { "aria-hidden": "true" }, label), element),
    /** Smaller than least is not offered. */
    render(now: number, least: number): void {
      // Not entries(), here as elsewhere: an old library that a page may have replaces that of arrays.
      steps.forEach((step, nth) => {
        const size = SIZES[nth] ?? 0;
        step.ariaPressed = String(size === now);
        show(step, size >= least);
      });
    },
  };
}

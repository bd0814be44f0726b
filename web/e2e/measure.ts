// Measures the widget on the page, in the page: sizes of text and of what is pressed, room, overflow.

import type { Page } from "@playwright/test";

export interface Bar {
  /** The smallest text, px. */
  text: number;
  /** The smallest side of what is pressed, px. */
  target: number;
}

export const BARS: { usual: Bar; large: Bar } = {
  usual: { text: 16, target: 44 },
  large: { text: 18, target: 60 },
};

/** What falls short, a line each. */
export function measure(page: Page, bar: Bar): Promise<string[]> {
  return page.evaluate(inPage, bar);
}

// One function, because it is sent to the page as its source.
function inPage(bar: Bar): string[] {
  const root = document.querySelector("yijian-chat")?.shadowRoot;
  if (!root) return ["there is no widget"];
  const out: string[] = [];
  const all = [...root.querySelectorAll<HTMLElement>("*")];
  const name = (e: Element) => `${e.localName}.${e.className} “${e.textContent?.slice(0, 20)}”`;
  const visible = (e: Element) => e.checkVisibility({ visibilityProperty: true });
  const unseen = (e: Element) => e.closest(".unseen") !== null;
  const scroller = root.querySelector(".scroller");
  const panel = root.querySelector("dialog");

  for (const e of all) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent?.trim());
    if (!own || !visible(e) || unseen(e) || e.closest("[aria-hidden]")) continue;
    const style = getComputedStyle(e);
    const size = Number.parseFloat(style.fontSize);
    if (size < bar.text) out.push(`text of ${size} px: ${name(e)}`);
    if (Number.parseFloat(style.lineHeight) / size < 1.499) {
      out.push(`line height ${style.lineHeight} of ${size}: ${name(e)}`);
    }
    if (e.clientWidth / size > 40.5 && e.closest(".log, .status, .beside")) {
      out.push(`${Math.round(e.clientWidth / size)} characters a line: ${name(e)}`);
    }
  }

  const inline = (e: Element) => e.localName === "a" && e.closest(".bubble") !== null;
  const targets = all.filter(
    (e) => e.matches("button, a[href], input, select, textarea") && visible(e),
  );
  for (const e of targets) {
    const box = (e.closest("label.star, label.switch") ?? e).getBoundingClientRect();
    const wide = inline(e) || box.width >= bar.target - 0.5;
    const tall = box.height >= (inline(e) ? 44 : bar.target) - 0.5;
    if (!wide || !tall) out.push(`${box.width}×${box.height} to press: ${name(e)}`);
  }
  // What is scrolled away or lies under the panel cannot be pressed by mistake.
  const within = targets.filter((e) => {
    const { left, top, width, height } = e.getBoundingClientRect();
    const hit = root.elementFromPoint(left + width / 2, top + height / 2);
    return !inline(e) && !e.matches(".star *") && hit !== null && e.contains(hit);
  });
  // Of what is scrolled half out of sight only the rest can be pressed.
  const seen = (e: Element) => {
    const { left, right, top, bottom } = e.getBoundingClientRect();
    const frame = e.closest(".scroller, .sheet, .status")?.getBoundingClientRect();
    if (!frame) return { left, right, top, bottom };
    return { left, right, top: Math.max(top, frame.top), bottom: Math.min(bottom, frame.bottom) };
  };
  for (const [i, a] of within.entries()) {
    for (const b of within.slice(i + 1)) {
      const p = seen(a);
      const q = seen(b);
      const dx = Math.max(p.left - q.right, q.left - p.right);
      const dy = Math.max(p.top - q.bottom, q.top - p.bottom);
      if (Math.max(dx, dy) < 7.5) {
        out.push(`${Math.max(dx, dy)} px between ${name(a)} and ${name(b)}`);
      }
    }
  }

  for (const e of [panel, scroller, root.querySelector(".status")]) {
    if (e && visible(e) && e.scrollWidth > e.clientWidth + 1)
      out.push(`scrolls sideways: ${name(e)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) out.push("the page scrolls sideways");
  for (const e of all) {
    if (!visible(e) || unseen(e) || e === panel || !panel?.open) continue;
    const box = e.getBoundingClientRect();
    if (panel.contains(e) && (box.right > innerWidth + 1 || box.left < -1)) {
      out.push(`beyond the edge: ${name(e)}`);
    }
  }
  const human = root.querySelector(".human");
  if (panel?.open && human) {
    const box = human.getBoundingClientRect();
    const hit = root.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const inView = box.top >= 0 && box.bottom <= innerHeight && box.left >= 0;
    if (!inView || !human.contains(hit)) out.push("the way to a person is not in view");
  }
  return out;
}

// Small windows, large text and wide spacing: nothing is cut off and the way to a person stays.

import { expect, type Page, test } from "@playwright/test";
import { BARS, measure } from "./measure";
import { type Look, openStories, play, storyNames } from "./stories";

const LOOKS: Look[] = [
  { lang: "zh-CN", mode: "normal" },
  { lang: "en", mode: "normal" },
];

/** What is cut off: text wider or taller than a box that hides what does not fit. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector("yijian-chat")?.shadowRoot;
    return [...(root?.querySelectorAll<HTMLElement>("*") ?? [])]
      .filter((e) => e.checkVisibility() && !e.matches(".unseen, textarea, select"))
      .filter((e) => !/auto|scroll|visible/.test(getComputedStyle(e).overflowY))
      .filter((e) => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
      .map((e) => `${e.localName}.${e.className}`);
  });
}

/** The spacing that WCAG 1.4.12 lets a reader ask for; runs in the page. */
function spaced(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
  );
  document.querySelector("yijian-chat")?.shadowRoot?.adoptedStyleSheets.push(sheet);
}

/** Every text twice as large, as browsers do that enlarge only text (WCAG 1.4.4); runs in the page. */
function doubled(): void {
  const root = document.querySelector("yijian-chat")?.shadowRoot;
  const all = [...(root?.querySelectorAll<HTMLElement>("*") ?? [])];
  const sizes = all.map((e) => Number.parseFloat(getComputedStyle(e).fontSize));
  all.forEach((e, nth) => {
    e.style.setProperty("font-size", `${2 * (sizes[nth] ?? 0)}px`, "important");
  });
}

for (const look of LOOKS) {
  test(`W13 at 400 % (320×256) one presses, reads and writes without scrolling sideways (${look.lang})`, async ({
    browser,
  }) => {
    const page = await openStories(browser, {
      viewport: { width: 320, height: 256 },
      deviceScaleFactor: 4,
    });
    const found: string[] = [];
    for (const name of await storyNames(page)) {
      await play(page, name, look);
      const lines = await measure(page, BARS.usual);
      const room = lines.filter((line) => /sideways|edge|way to a person/.test(line));
      for (const line of room) found.push(`${name}: ${line}`);
      if (/launcher|unread|more/.test(name)) continue;
      const field = page.getByRole("textbox", { name: /请写下|Write your/ });
      await field.focus();
      const seen = await field.evaluate((e) => {
        const { top, bottom } = e.getBoundingClientRect();
        return Math.min(bottom, innerHeight) - Math.max(top, 0);
      });
      if (seen < 40) found.push(`${name}: only ${seen} px of the field are in view`);
    }
    expect(found).toEqual([]);
    await page.context().close();
  });

  for (const [way, change] of [
    ["wide spacing", spaced],
    ["text of 200 %", doubled],
  ] as const) {
    // Words are longest in English; `make matrix` looks at the Chinese ones, too.
    if (look.lang !== "en" && !process.env.E2E_ALL) continue;
    test(`W13 ${way} cuts nothing off (${look.lang})`, async ({ browser }) => {
      test.setTimeout(180_000);
      const page = await openStories(browser);
      const found: string[] = [];
      for (const name of await storyNames(page)) {
        await play(page, name, look);
        await page.evaluate(change);
        for (const line of await clipped(page)) found.push(`${name}: ${line}`);
        const lines = await measure(page, BARS.usual);
        for (const line of lines.filter((l) => /sideways|edge|way to a person/.test(l))) {
          found.push(`${name}: ${line}`);
        }
      }
      expect(found).toEqual([]);
      await page.context().close();
    });
  }
}

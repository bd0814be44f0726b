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

  test(`W13 wide text spacing and text of 200 % cut nothing off (${look.lang})`, async ({
    browser,
  }) => {
    const page = await openStories(browser);
    const found: string[] = [];
    for (const name of await storyNames(page)) {
      await play(page, name, look);
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(
          "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
        );
        const root = document.querySelector("yijian-chat")?.shadowRoot;
        root?.adoptedStyleSheets.push(sheet);
      });
      for (const line of await clipped(page)) found.push(`${name}, spaced: ${line}`);
      const lines = await measure(page, BARS.usual);
      for (const line of lines.filter((l) => /sideways|edge|way to a person/.test(l))) {
        found.push(`${name}, spaced: ${line}`);
      }
    }
    expect(found).toEqual([]);
    await page.context().close();
  });
}

// The widget's story page for tests: every state with fixed data, no server. See web/ui/widget/stories.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Browser, type Page, test } from "@playwright/test";

const BUILT = resolve(__dirname, "../../bin/stories");
const HOST = "http://stories.test";
const TYPES: Record<string, string> = { html: "text/html", js: "text/javascript", css: "text/css" };

export const WIDTHS = {
  320: { width: 320, height: 640 },
  375: { width: 375, height: 720 },
  768: { width: 768, height: 1024 },
  1280: { width: 1280, height: 800 },
};
export type Width = keyof typeof WIDTHS;
export const ALL_WIDTHS = [320, 375, 768, 1280] as const satisfies readonly Width[];

export const LANGS = ["zh-CN", "en"] as const;
export const MODES = ["normal", "large", "dark"] as const;

export interface Look {
  lang: (typeof LANGS)[number];
  mode: (typeof MODES)[number];
}

export const LOOKS: Look[] = LANGS.flatMap((lang) => MODES.map((mode) => ({ lang, mode })));

/** Opens the story page. Time zone and motion are fixed, so that pictures are alike. */
export async function openStories(browser: Browser, options: object = {}): Promise<Page> {
  const context = await browser.newContext({
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    viewport: WIDTHS[375],
    ...options,
  });
  const page = await context.newPage();
  await page.route(`${HOST}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const file = pathname === "/" ? "index.html" : pathname.slice(1);
    const type = TYPES[file.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    return route.fulfill({
      body: readFileSync(join(BUILT, file)),
      contentType: `${type}; charset=utf-8`,
    });
  });
  await page.goto(HOST);
  return page;
}

export const storyNames = (page: Page): Promise<string[]> => page.evaluate(() => window.stories);

/** Plays a story in a look at the page's present size. */
export async function play(page: Page, name: string, { lang, mode }: Look): Promise<void> {
  await page.evaluate(({ name, lang, large }) => window.play(name, { lang, large }), {
    name,
    lang,
    large: mode === "large",
  });
}

/** What of the matrix is visited. */
export interface Visits {
  look: Look;
  /** Absent: everything. */
  wanted?: (name: string, width: Width, nth: number) => boolean;
}

/** Visits the stories at all widths, in one look, in one page; each is a named step. */
export async function everyStory(
  page: Page,
  { look, wanted = () => true }: Visits,
  visit: (name: string, width: Width, nth: number) => Promise<void>,
): Promise<void> {
  await page.emulateMedia({ colorScheme: look.mode === "dark" ? "dark" : "light" });
  const names = await storyNames(page);
  for (const width of ALL_WIDTHS) {
    await page.setViewportSize(WIDTHS[width]);
    for (const [nth, name] of names.entries()) {
      if (!wanted(name, width, nth)) continue;
      await test.step(`${name} at ${width}`, async () => {
        await play(page, name, look);
        await visit(name, width, nth);
      });
    }
  }
}

declare global {
  interface Window {
    stories: string[];
    play(name: string, look: { lang: string; large: boolean }): Promise<void>;
  }
}

// A visitor who writes one character every four seconds for a quarter of an hour, and puts the page away
// for twenty minutes in between. In make test the clock of the page is moved; `make soak-widget` takes
// the whole time.

import { expect, type Page, test } from "@playwright/test";
import { openChat, say, sessionOf, WORDS } from "./chat";
import { type Running, startServer } from "./server";

const SOAK = Boolean(process.env.SOAK);
const EVERY_MS = 4_000;
const WRITING_MS = 15 * 60_000;
const AWAY_MS = 20 * 60_000;
const CHARACTERS = WRITING_MS / EVERY_MS;

let server: Running;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.stop());

/** Lets time pass in the page: really, or by its clock. */
async function pass(page: Page, ms: number): Promise<void> {
  if (SOAK) return page.waitForTimeout(ms);
  await page.clock.runFor(ms);
  // What was sent meanwhile is answered before time goes on.
  await page.evaluate(() => fetch("/healthz").then(() => {}));
}

/** Puts the page away or takes it out again, as a phone does. */
async function show(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, !visible);
}

async function away(page: Page): Promise<void> {
  await show(page, false);
  if (SOAK) {
    // The browser stops the page's timers, as it does with a tab in the background.
    const browser = await page.context().newCDPSession(page);
    await browser.send("Page.setWebLifecycleState", { state: "frozen" });
    await new Promise((done) => setTimeout(done, AWAY_MS));
    await browser.send("Page.setWebLifecycleState", { state: "active" });
  } else await page.clock.fastForward(AWAY_MS);
  await show(page, true);
}

test("W16 W17 one character every 4 s, the page away for 20 min: connected, draft whole, place kept", async ({
  browser,
}) => {
  test.setTimeout(SOAK ? WRITING_MS + AWAY_MS + 600_000 : 600_000);
  const context = await browser.newContext({ locale: WORDS.zh.locale });
  const page = await context.newPage();
  if (!SOAK) await page.clock.install();
  await page.goto(server.url);
  const panel = await openChat(page);
  await say(panel, "怎么退货？");
  await expect(panel.locator(".row.bot")).toHaveCount(2);
  const session = await sessionOf(page);
  await panel
    .getByRole("button", { name: /转人工/ })
    .first()
    .click();
  const place = panel.locator(".place .said");
  await expect(place).toContainText("第一位");

  const input = panel.getByRole("textbox");
  let written = "";
  const write = async (count: number) => {
    await input.focus();
    for (let n = 0; n < count; n += 1) {
      const next = String.fromCharCode(0x4e00 + written.length);
      await page.keyboard.insertText(next);
      written += next;
      await pass(page, EVERY_MS);
    }
  };
  await write(Math.floor(CHARACTERS / 2));
  await away(page);
  await expect(input).toHaveValue(written);
  await write(CHARACTERS - written.length);

  await expect(input).toHaveValue(written);
  expect(written).toHaveLength(CHARACTERS);
  await expect(place).toContainText("第一位");
  await expect(panel.locator(".lost:visible")).toHaveCount(0);
  expect(await sessionOf(page)).toBe(session);
  await input.press("Enter");
  await expect(panel.locator(".row.visitor .bubble").last()).toHaveText(written);
  await pass(page, 1_000);
  await expect(panel.locator(".mark:visible")).toHaveCount(0);
  await context.close();
});

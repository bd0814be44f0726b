// What a bad browser, a bad server and a bad day at the keyboard do: no storage, a full one, frames that
// are none, a novel in the input, a phone on a bad network.

import { expect, type Page, test } from "@playwright/test";
import { IN_LINE, openChat, ownTexts, say } from "./chat";
import { type Shop, startShop } from "./host";

let server: Shop;
test.beforeAll(async () => {
  server = await startShop();
});
test.afterAll(() => server.stop());

const STORAGES: Record<string, string> = {
  forbidden: `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
    Object.defineProperty(document, "cookie", { get() { throw new DOMException("no", "SecurityError"); } });`,
  full: `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };`,
  missing: `Object.defineProperty(window, "localStorage", { value: null });`,
  garbled: `for (const key of ["session", "draft", "outbox", "size"])
    localStorage.setItem("yijian:demo:" + key, ["{", "[1,null,{}]", '"x"', "{}"][key.length % 4]);`,
};

for (const [name, before] of Object.entries(STORAGES)) {
  test(`W17 with a storage that is ${name} one writes and reaches a person`, async ({ page }) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await server.visit(page, { before });
    const panel = await openChat(page);
    await say(panel, "怎么退货？");
    await expect(panel.locator(".row.bot")).toHaveCount(2);
    await panel
      .getByRole("button", { name: /转人工/ })
      .first()
      .click();
    await expect(panel.locator(".place .said")).toContainText(IN_LINE);
    expect([await ownTexts(panel), errors]).toEqual([["怎么退货？"], []]);
  });
}

const JUNK = [
  "",
  "null",
  "[]",
  "{",
  '{"t":"event"}',
  '{"t":"event","seq":"1","at":1,"kind":"message","from":"bot","id":"x","text":"half"}',
  '{"t":"event","seq":900,"at":"not a time","kind":"message","from":"bot","id":"y","text":{"a":1}}',
  '{"t":"welcome","session":null}',
  '{"t":"queue","position":"first","eta":[1],"open":1}',
  '{"t":"__proto__"}',
  '{"t":"constructor","kind":"toString"}',
  '{"t":"idle","warn":"yes"}',
  '{"t":"error"}',
];

test("frames that are none change nothing and stop nothing", async ({ page }) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.routeWebSocket(/\/v1\/visitor$/, (socket) => {
    const upstream = socket.connectToServer();
    upstream.onMessage((data) => {
      for (const junk of JUNK) socket.send(junk);
      socket.send(Buffer.from([1, 2, 3]));
      socket.send(data);
    });
  });
  await server.visit(page);
  const panel = await openChat(page);
  await say(panel, "怎么退货？");
  await expect(panel.locator(".row.bot")).toHaveCount(2);
  await panel
    .getByRole("button", { name: /转人工/ })
    .first()
    .click();
  await expect(panel.locator(".place .said")).toContainText(IN_LINE);
  await expect(panel.getByText("half")).toHaveCount(0);
  expect(errors).toEqual([]);
});

test("W19 a megabyte pasted into the input is kept, and a sentence says what to do", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await server.visit(page);
  const panel = await openChat(page);
  const input = panel.getByRole("textbox");
  // As one paste: the test's own way of filling in types for minutes.
  await input.evaluate((element: HTMLTextAreaElement) => {
    element.value = "很长的话<script>alert(1)</script>".repeat(40_000);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await input.press("Enter");
  await expect(panel.getByText("请分成几段发送")).toBeVisible();
  expect((await input.inputValue()).length).toBeGreaterThan(1_000_000);
  await expect(panel.getByRole("button", { name: /转人工/ }).first()).toBeInViewport();
  await say(panel, "怎么退货？");
  await expect(panel.locator(".row.bot")).toHaveCount(2);
});

test("W18 Enter while an input method composes sends nothing", async ({ page }) => {
  await server.visit(page);
  const panel = await openChat(page);
  const input = panel.getByRole("textbox");
  await input.focus();
  const browser = await page.context().newCDPSession(page);
  await browser.send("Input.imeSetComposition", {
    text: "nihao",
    selectionStart: 5,
    selectionEnd: 5,
  });
  await page.keyboard.press("Enter");
  await expect(panel.locator(".row.visitor")).toHaveCount(0);
  await browser.send("Input.insertText", { text: "你好" });
  await input.dispatchEvent("keydown", { key: "Enter", keyCode: 229 });
  await expect(panel.locator(".row.visitor")).toHaveCount(0);
  await expect(input).toHaveValue(/你好/);
  await input.press("Enter");
  await expect(panel.locator(".row.visitor")).toHaveCount(1);
});

test("a keyboard that takes half the phone leaves 转人工 and the input in view", async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 375, height: 720 } });
  const page = await context.newPage();
  await server.visit(page);
  const panel = await openChat(page);
  await page.evaluate(() => {
    const view = window.visualViewport as VisualViewport;
    Object.defineProperty(view, "height", { value: 360 });
    Object.defineProperty(view, "offsetTop", { value: 40 });
    view.dispatchEvent(new Event("resize"));
  });
  for (const part of [panel.getByRole("textbox"), panel.getByRole("button", { name: /转人工/ })]) {
    const box = await part.first().boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(40);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(400);
  }
  await context.close();
});

/** A phone that is four times slower, on 400 kbit/s. */
async function slow(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const bytes = 400_000 / 8;
  await browser.send("Network.enable");
  await browser.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 100,
    downloadThroughput: bytes,
    uploadThroughput: bytes,
  });
  await browser.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

/** Opens the chat as soon as it is there; when it was there, and when one could write, ms since the page began. */
function opened(page: Page): Promise<{ shown: number; ready: number }> {
  return page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const seen = (selector: string) => {
      const root = document.querySelector("yijian-chat")?.shadowRoot;
      const found = root?.querySelector<HTMLElement>(selector);
      return found?.checkVisibility() ? found : undefined;
    };
    while (!seen(".launcher")) await frame();
    const shown = performance.now();
    seen(".launcher")?.click();
    while (!seen("textarea") || !seen(".human")) await frame();
    await frame(); // it is painted
    return { shown, ready: performance.now() };
  });
}

test("W25 ready within 3 s on a phone four times slower with 400 kbit/s", async ({ browser }) => {
  let best = Number.POSITIVE_INFINITY;
  // The slowness is the phone's, not that of whatever else runs on this machine: the best of three counts.
  for (let tries = 0; tries < 3 && best > 3_000; tries += 1) {
    const context = await browser.newContext({ viewport: { width: 375, height: 720 } });
    const page = await context.newPage();
    await slow(page);
    await server.visit(page);
    const { shown, ready } = await opened(page);
    best = Math.min(best, ready);
    process.stdout.write(
      `W25: launcher ${Math.round(shown)} ms, writing ${Math.round(ready)} ms\n`,
    );
    await page.getByRole("dialog").getByRole("textbox").fill("您好");
    await context.close();
  }
  expect(best).toBeLessThanOrEqual(3_000);
});

// window.Yijian, the module, marked elements, and the page that is all chat.

import { expect, test } from "@playwright/test";
import { IN_LINE, openChat, sessionOf } from "./chat";
import { type Shop, startShop } from "./host";
import { shoot } from "./pictures";

let server: Shop;
test.beforeAll(async () => {
  server = await startShop();
});
test.afterAll(() => server.stop());

/** What docs/EMBED.md tells a page to put before the tag. */
const STUB = `window.Yijian = window.Yijian || function () {
  var call = arguments;
  return new Promise(function (done) { call.done = done; (Yijian.q = Yijian.q || []).push(call); });
};`;

test("verbs said before the script is there are done, and everything is told", async ({ page }) => {
  await server.visit(page, {
    before: `${STUB}
      window.heard = [];
      for (const name of ["ready", "open", "close", "message", "queued", "agentjoined", "unread"])
        Yijian("on", name, (detail) => heard.push([name, detail]));
      Yijian("requestHuman").then(() => heard.push(["asked"]));`,
  });
  const panel = page.getByRole("dialog");
  await expect(panel.locator(".place .said")).toContainText(IN_LINE);
  const heard = () =>
    page.evaluate(() => (Reflect.get(window, "heard") as [string][]).map(([name]) => name));
  await expect
    .poll(async () => [...new Set(await heard())])
    .toEqual(["ready", "open", "asked", "queued"]);
  await page.evaluate(() => window.Yijian?.("close"));
  await expect(panel).toBeHidden();
  await page.evaluate(() => window.Yijian?.("hide"));
  await expect(page.locator("yijian-chat .launcher")).toBeHidden();
  await page.evaluate(() => window.Yijian?.("update", { launcher: true, language: "en" }));
  await expect(page.getByRole("button", { name: "Help" })).toBeVisible();
  const refused = await page.evaluate(() =>
    window.Yijian?.("opne" as "open").catch((error: Error) => error.message),
  );
  expect(refused).toContain('"opne"');
  await page.evaluate(() => window.Yijian?.("shutdown", { forget: true }));
  await expect(page.locator("yijian-chat")).toHaveCount(0);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test("the module does nothing until it is told to", async ({ page }) => {
  await server.visit(page, { tag: "" });
  const url = `${server.url}/widget.mjs`;
  await page.evaluate(async (from) => {
    const { default: yijian } = await import(from);
    Reflect.set(window, "yijian", yijian);
  }, url);
  await expect(page.locator("yijian-chat")).toHaveCount(0);
  await page.evaluate(() =>
    Reflect.get(window, "yijian")("boot", { site: "demo", language: "en" }),
  );
  await expect(page.getByRole("button", { name: "Help" })).toBeVisible();
});

test("W27 any marked element of the page asks in one press, also one that comes later", async ({
  page,
}) => {
  await server.visit(page);
  await expect(page.getByRole("button", { name: /客服/ })).toBeVisible();
  await page.evaluate((href) => {
    document.body.insertAdjacentHTML(
      "beforeend",
      `<a id="late" href="${href}" data-yijian-human><b>找真人</b></a>`,
    );
  }, `${server.url}/chat/demo?ask=human`);
  await page.locator("#late b").click();
  await expect(page.getByRole("dialog").locator(".place .said")).toContainText(IN_LINE);
  expect(page.url()).toContain("/host");
});

for (const [name, width] of Object.entries({ phone: 375, desktop: 1280 })) {
  test(`W27 a short link asks a person in one action, once, on a page that is all chat (${name})`, async ({
    browser,
  }) => {
    const context = await browser.newContext({
      viewport: { width, height: 720 },
      locale: "zh-CN",
    });
    const page = await context.newPage();
    await page.goto(`${server.url}/h/demo`);
    const panel = page.getByRole("dialog");
    await expect(panel.locator(".place .said")).toContainText(IN_LINE);
    await expect(panel.getByRole("button", { name: /转人工/ }).first()).toBeInViewport();
    await expect(page.locator(".launcher, .hide").first()).toBeHidden();
    await page.keyboard.press("Escape");
    await expect(panel).toBeVisible();
    await shoot(page, `all-chat-${name}`);
    const session = await sessionOf(page);
    expect(new URL(page.url()).hash).toBe("");
    await page.reload();
    await expect(panel.locator(".place .said")).toContainText(IN_LINE);
    await expect(panel.locator(".move")).toHaveCount(1);
    expect(await sessionOf(page)).toBe(session);
    await context.close();
  });
}

test("a sheet to print has the code, the link and the phone", async ({ page }) => {
  await page.goto(`${server.url}/chat/demo/qr?ask=human&lang=zh`);
  await expect(page.getByRole("img")).toHaveAttribute("aria-label", /\/h\/demo$/);
  await shoot(page, "qr-zh");
  await page.goto(`${server.url}/chat/demo/qr?lang=en`);
  await expect(page.getByText("Scan for help")).toBeVisible();
  await shoot(page, "qr-en");
});

test("without scripts the page that is all chat still says whom to call", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(`${server.url}/chat/demo`);
  await expect(page.getByRole("link", { name: /打电话/ })).toBeVisible();
  await context.close();
});

test("a link to the chat opens it", async ({ page }) => {
  await server.visit(page, { body: '<a href="#yijian">客服在这里</a>' });
  await expect(page.getByRole("button", { name: "客服", exact: true })).toBeVisible();
  await page.getByRole("link").click();
  await expect(await openChat(page)).toBeVisible();
});

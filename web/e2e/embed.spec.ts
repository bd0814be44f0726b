// The widget on other people's pages: hostile styles, old libraries, strict policies, pages that change
// under it, and everything that a page can say to it.

import { expect, type Page, test } from "@playwright/test";
import { IN_LINE, openChat, say } from "./chat";
import { type Host, NONCE, type Shop, startShop } from "./host";
import { shoot } from "./pictures";

let server: Shop;
test.beforeAll(async () => {
  server = await startShop();
});
test.afterAll(() => server.stop());

const TALL = '<p style="height: 4000px"></p>';

/** What old libraries and careless pages did to the built-in objects. */
const PATCHES = `
  Array.prototype.toJSON = function () { return "[" + this.join() + "]"; };
  Array.prototype.entries = function () { return this.slice(); };
  Array.prototype.extra = function () {};
  Array.from = (list) => Object(list).length ? Array.prototype.slice.call(list) : [];
  String.prototype.toJSON = function () { return '"' + this + '"'; };
  String.prototype.extra = 1;
  Element.prototype.remove = function () { this.parentNode.removeChild(this); return this; };
  Element.prototype.show = Element.prototype.hide = function () { throw new Error("old"); };
  Function.prototype.bind = function (self) { const f = this; return function () { return f.apply(self, arguments); }; };
`;

const HOSTS: Record<string, Host> = {
  plain: { body: TALL },
  unset: { style: "* { all: unset !important }", body: TALL },
  loud: {
    style: `* { font: 9px serif !important; color: red !important; display: inline !important }
      button, textarea { width: 3px !important; opacity: 0 !important }`,
    body: TALL,
  },
  rtl: { html: 'lang="zh-CN" dir="rtl"', style: "html { writing-mode: vertical-rl }" },
  moved: { style: "body { transform: translateX(0); filter: blur(0) }", body: TALL },
  patched: { before: PATCHES, body: TALL },
};

async function boxOf(page: Page) {
  const launcher = page.getByRole("button", { name: /客服/ });
  await expect(launcher).toBeInViewport({ ratio: 1 });
  const box = await launcher.boundingBox();
  if (!box) throw new Error("the launcher has no box");
  return box;
}

for (const width of [320, 375, 768, 1280]) {
  test(`W27 W2 the launcher says 客服 in the first viewport, at the same place on every page (${width})`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ viewport: { width, height: 640 }, locale: "zh-CN" });
    const page = await context.newPage();
    await server.visit(page, HOSTS.plain);
    const usual = await boxOf(page);
    for (const [name, host] of Object.entries(HOSTS)) {
      await server.visit(page, host);
      const box = await boxOf(page);
      for (const side of ["x", "y", "width", "height"] as const) {
        expect(Math.abs(box[side] - usual[side]), `${name}: ${side}`).toBeLessThanOrEqual(8);
      }
      const launcher = page.getByRole("button", { name: /客服/ });
      const { size, text } = await launcher.evaluate((element: HTMLElement) => ({
        size: Number.parseFloat(getComputedStyle(element).fontSize),
        text: element.innerText,
      }));
      expect(size, name).toBeGreaterThanOrEqual(16);
      expect(text, name).toContain("客服");
      expect(box.height, name).toBeGreaterThanOrEqual(44);
    }
    await context.close();
  });
}

for (const [name, host] of Object.entries(HOSTS)) {
  test(`W1 one writes and reaches a person on a page that is ${name}`, async ({ browser }) => {
    const context = await browser.newContext({
      viewport: { width: 375, height: 720 },
      locale: "zh-CN",
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await server.visit(page, host);
    const panel = await openChat(page);
    const human = panel.getByRole("button", { name: /转人工/ }).first();
    await expect(human).toBeInViewport({ ratio: 1 });
    await say(panel, "怎么退货？");
    await expect(panel.locator(".row.bot")).toHaveCount(2);
    await human.click();
    await expect(panel.locator(".place .said")).toContainText(IN_LINE);
    await shoot(page, `host-${name}`);
    await page.reload();
    await openChat(page);
    await expect(panel.locator(".row.visitor")).toHaveCount(1);
    await expect(panel.locator(".place .said")).toContainText(IN_LINE);
    expect(errors).toEqual([]);
    await context.close();
  });
}

test("a page with a strict policy needs no exception but the server", async ({ page }) => {
  const ws = server.url.replace("http", "ws");
  await server.visit(page, {
    policy: [
      "default-src 'none'",
      `script-src 'nonce-${NONCE}'`,
      `style-src 'nonce-${NONCE}'`,
      `connect-src ${ws} ${server.url}`,
      "img-src data:",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ].join("; "),
    before:
      "addEventListener('securitypolicyviolation', (e) => { (window.refused ??= []).push(e.violatedDirective + ' ' + e.blockedURI); });",
  });
  const panel = await openChat(page);
  await say(panel, "https://example.com/a 怎么退货？");
  await expect(panel.locator(".row.bot")).toHaveCount(2);
  await expect(panel.locator(".row.visitor a")).toBeVisible();
  await panel
    .getByRole("button", { name: /转人工/ })
    .first()
    .click();
  await expect(panel.locator(".beside:visible").first()).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, "refused") ?? [])).toEqual([]);
});

test("a page that throws its body away has the chat again, and it goes on", async ({ page }) => {
  await server.visit(page);
  const panel = await openChat(page);
  await say(panel, "怎么退货？");
  await expect(panel.locator(".row.bot")).toHaveCount(2);
  await panel.getByRole("textbox").fill("还没写完");
  await page.evaluate(() => {
    const next = document.createElement("body");
    next.append("the next page");
    document.body.replaceWith(next);
  });
  await expect(panel.locator(".row.bot")).toHaveCount(2);
  await expect(panel.getByRole("textbox")).toHaveValue("还没写完");
  await page.evaluate(() => document.body.replaceChildren("and the next"));
  await expect(panel.getByRole("button", { name: /转人工/ }).first()).toBeInViewport();
  await say(panel, "好了");
  await expect(panel.locator(".row.visitor")).toHaveCount(2);
});

test("a script that is there twice is there once", async ({ page }) => {
  const again = `<script async src="${server.url}/widget.js" data-site="demo"></script>`;
  await server.visit(page, { body: again + again });
  await openChat(page);
  await page.evaluate((src) => {
    const script = document.createElement("script");
    script.src = src;
    document.head.append(script);
    return new Promise((done) => {
      script.onload = done;
    });
  }, `${server.url}/widget.js?again`);
  await expect(page.locator("yijian-chat")).toHaveCount(1);
});

test("nothing is stored and nobody is called before the visitor does something", async ({
  page,
  context,
}) => {
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await server.visit(page, { body: TALL });
  await boxOf(page);
  await page.mouse.wheel(0, 500);
  const kept = await page.evaluate(async () => [
    Object.keys(localStorage),
    Object.keys(sessionStorage),
    await indexedDB.databases(),
    document.cookie,
  ]);
  expect([kept, sockets, await context.cookies()]).toEqual([[[], [], [], ""], [], []]);
});

test("a colour that white words cannot be read on is corrected, with a warning (W11)", async ({
  page,
}) => {
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await server.visit(page, {
    tag: 'data-site="demo" data-color="#ffcc00" data-position="left" data-z-index="50"',
  });
  const launcher = page.getByRole("button", { name: /客服/ });
  await expect.poll(() => said.join()).toContain("White words cannot be read on #ffcc00");
  const look = await launcher.evaluate((element) => {
    const { backgroundColor, zIndex } = getComputedStyle(element);
    return { backgroundColor, zIndex, x: element.getBoundingClientRect().x };
  });
  expect(look).toMatchObject({ zIndex: "50", x: 20 });
  expect(look.backgroundColor).not.toBe("rgb(255, 204, 0)");
});

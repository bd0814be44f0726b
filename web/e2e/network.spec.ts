// What a bad network and a bad day do to a conversation: sockets that a proxy breaks, a network that
// goes and comes, a page that is left and returned to, a server that is killed, stores that are away.

import { type Browser, expect, test, type WebSocket, type WebSocketRoute } from "@playwright/test";
import { type Lang, openChat, ownTexts, SIZES, say, sessionOf, WORDS } from "./chat";
import { LOOKS } from "./looks";
import { shoot } from "./pictures";
import { type Redis, startRedis } from "./redis";
import { type Running, startServer } from "./server";

const SENTENCES = {
  zh: {
    waiting: "等待发送",
    offline: "暂时连不上，正在重试",
    texts: ["怎么退货？", "好的，谢谢", "还没写完"] as const,
    line: /已为您转人工/,
    down: /客服暂时连不上/,
  },
  en: {
    waiting: "Waiting to be sent",
    offline: "Connection lost",
    texts: ["How do I return something?", "Fine, thank you", "not finished yet"] as const,
    line: /^You are in line for a person/,
    down: /cannot be reached/,
  },
};
const SOCKET = /\/v1\/visitor$/;

async function visit(browser: Browser, server: Running, lang: Lang, size: keyof typeof SIZES) {
  const context = await browser.newContext({ locale: WORDS[lang].locale, viewport: SIZES[size] });
  const page = await context.newPage();
  const arrive = () => page.goto(`${server.url}/?lang=${lang}`);
  return { context, page, arrive };
}

test.describe("with a server of its own", () => {
  let server: Running;
  test.beforeAll(async () => {
    server = await startServer();
  });
  test.afterAll(() => server.stop());

  for (const { lang, size, name } of LOOKS) {
    test(`W1 where WebSockets are broken one still chats and reaches a person (${name})`, async ({
      browser,
    }) => {
      const { context, page, arrive } = await visit(browser, server, lang, size);
      const fetched: string[] = [];
      page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
      await page.routeWebSocket(SOCKET, (socket) => socket.close());
      await arrive();
      const panel = await openChat(page, lang);
      await say(panel, lang === "zh" ? "怎么退货？" : "How do I return something?");
      await expect(panel.locator(".row.bot")).toHaveCount(2);
      await panel.getByRole("button", { name: WORDS[lang].human }).first().click();
      await expect(panel.getByText(SENTENCES[lang].line)).toBeVisible();
      await shoot(page, `fallback-${name}`);
      expect(fetched.filter((path) => path.endsWith("/way.js"))).toHaveLength(1);
      await page.reload();
      await openChat(page, lang);
      await expect(panel.getByText(SENTENCES[lang].line)).toBeVisible();
      await context.close();
    });
  }

  test("W25 the way to a person needs nothing more than the widget", async ({ browser }) => {
    const { context, page, arrive } = await visit(browser, server, "zh", "phone");
    const fetched: string[] = [];
    page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    await arrive();
    const panel = await openChat(page);
    // What is said beside the place in line comes later, or never.
    await page.route(/widget\/zh-CN\//, (route) => route.abort());
    await say(panel, "怎么退货？");
    await expect(panel.locator(".row.bot")).toHaveCount(2);
    const first = ["/widget.js", "/widget/zh-CN/core.js"];
    expect(fetched.filter((path) => /^\/(widget|v1)/.test(path)).slice(0, 2)).toEqual(first);
    await panel
      .getByRole("button", { name: /转人工/ })
      .first()
      .click();
    await expect(panel.getByText(SENTENCES.zh.line)).toBeVisible();
    await context.close();
  });

  for (const { lang, size, name } of LOOKS) {
    test(`W19 what is written without a network goes out when it is back (${name})`, async ({
      browser,
    }) => {
      const { context, page, arrive } = await visit(browser, server, lang, size);
      const [first, second] = SENTENCES[lang].texts;
      const open = new Set<WebSocketRoute>();
      let isOnline = true;
      await page.routeWebSocket(SOCKET, (socket) => {
        if (!isOnline) return void socket.close();
        socket.connectToServer();
        open.add(socket);
      });
      await arrive();
      const panel = await openChat(page, lang);
      await say(panel, first);
      await expect(panel.locator(".row.bot")).toHaveCount(2);
      isOnline = false;
      await context.setOffline(true);
      for (const socket of open) await socket.close();
      await say(panel, second);
      await expect(panel.getByText(SENTENCES[lang].waiting)).toBeVisible();
      await expect(panel.getByText(SENTENCES[lang].offline)).toBeVisible();
      await expect(panel.getByRole("button", { name: WORDS[lang].human }).first()).toBeInViewport();
      await shoot(page, `offline-${name}`);
      isOnline = true;
      await context.setOffline(false);
      await expect(panel.getByText(SENTENCES[lang].waiting)).toBeHidden();
      expect(await ownTexts(panel)).toEqual([first, second]);
      await context.close();
    });
  }

  for (const hours of [7, -7]) {
    test(`a clock ${hours} hours off changes nothing, nor does its being set right`, async ({
      browser,
    }) => {
      const { context, page, arrive } = await visit(browser, server, "zh", "phone");
      await page.addInitScript((ms) => {
        const now = Date.now.bind(Date);
        let off = ms;
        Date.now = () => now() + off;
        addEventListener("set-clock-right", () => {
          off = 0;
        });
      }, hours * 3_600_000);
      await arrive();
      const panel = await openChat(page);
      await say(panel, "第一句");
      await expect(panel.locator(".row.bot")).toHaveCount(2);
      await panel.getByRole("textbox").pressSequentially("还没写完");
      await page.reload();
      await openChat(page);
      await expect(panel.getByRole("textbox")).toHaveValue("还没写完");
      await page.evaluate(() => dispatchEvent(new Event("set-clock-right")));
      await say(panel, "第二句");
      await expect(panel.locator(".row.bot")).toHaveCount(3);
      await page.reload();
      await openChat(page);
      await expect(panel.locator(".row.visitor")).toHaveCount(2);
      expect(await ownTexts(panel)).toEqual(["第一句", "第二句"]);
      await context.close();
    });
  }

  test("the network or the tab that comes back asks an open line, and dials a lost one at once", async ({
    browser,
  }) => {
    const { context, page, arrive } = await visit(browser, server, "zh", "phone");
    const said: string[] = [];
    const open = new Set<WebSocketRoute>();
    let isOnline = true;
    let dials = 0;
    await page.routeWebSocket(SOCKET, (socket) => {
      dials += 1;
      if (!isOnline) return void socket.close();
      const upstream = socket.connectToServer();
      socket.onMessage((data) => {
        said.push(JSON.parse(String(data)).t);
        upstream.send(data);
      });
      open.add(socket);
    });
    await page.route(/extras\.js|way\.js/, (route) => route.abort());
    // Every wait is as long as it may be: half a second, one, two, four, eight.
    await page.addInitScript(() => {
      Math.random = () => 0.999;
    });
    const tell = {
      online: () => page.evaluate(() => dispatchEvent(new Event("online"))),
      visible: () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange"))),
    };
    await arrive();
    const panel = await openChat(page);
    await say(panel, "第一句");
    await expect(panel.locator(".row.bot")).toHaveCount(2);
    for (const told of [tell.online, tell.visible]) {
      const pings = said.filter((t) => t === "ping").length;
      await told();
      await expect
        .poll(() => said.filter((t) => t === "ping").length, { timeout: 3000 })
        .toBeGreaterThan(pings);
    }
    // A connection that did not last long lets the waits go on where they were.
    for (const { told, after } of [
      { told: tell.online, after: 4 },
      { told: tell.visible, after: 0 },
    ]) {
      isOnline = false;
      const before = dials;
      for (const socket of open) await socket.close();
      open.clear();
      await expect.poll(() => dials, { timeout: 20_000 }).toBeGreaterThanOrEqual(before + after);
      await expect(panel.getByText(SENTENCES.zh.offline)).toBeVisible();
      isOnline = true;
      await told();
      await expect(panel.getByText(SENTENCES.zh.offline)).toBeHidden({ timeout: 3000 });
    }
    await context.close();
  });

  // The events are told by hand: the tests' browser cannot drive a page out of its own cache.
  test("a page kept by the browser hangs up, and goes on where it was when returned to", async ({
    browser,
  }) => {
    const { context, page, arrive } = await visit(browser, server, "zh", "phone");
    const sockets: WebSocket[] = [];
    page.on("websocket", (socket) => sockets.push(socket));
    const turn = (type: string) =>
      page.evaluate((t) => {
        dispatchEvent(new PageTransitionEvent(t, { persisted: true }));
      }, type);
    await arrive();
    const panel = await openChat(page);
    await say(panel, "第一句");
    await expect(panel.locator(".row.bot")).toHaveCount(2);
    const session = await sessionOf(page);
    await turn("pagehide");
    await expect.poll(() => sockets.map((socket) => socket.isClosed())).toEqual([true]);
    await turn("pageshow");
    await say(panel, "第二句");
    await expect(panel.locator(".row.bot")).toHaveCount(3);
    expect(await sessionOf(page)).toBe(session);
    expect(await ownTexts(panel)).toEqual(["第一句", "第二句"]);
    expect(sockets).toHaveLength(2);
    await context.close();
  });
});

test.describe("with a Redis of its own", () => {
  let redis: Redis;
  let server: Running;
  test.beforeEach(async () => {
    redis = await startRedis();
    server = await startServer("--redis", redis.url);
  });
  test.afterEach(async () => {
    redis.resume();
    await server.stop();
    await redis.stop();
  });

  for (const { lang, size, name } of LOOKS) {
    test(`W17 a killed server costs neither the conversation nor the draft (${name})`, async ({
      browser,
    }) => {
      const { context, page, arrive } = await visit(browser, server, lang, size);
      const [first, second, draft] = SENTENCES[lang].texts;
      await arrive();
      const panel = await openChat(page, lang);
      await say(panel, first);
      await expect(panel.locator(".row.bot")).toHaveCount(2);
      const session = await sessionOf(page);
      await server.kill();
      await say(panel, second);
      await expect(panel.getByText(SENTENCES[lang].waiting)).toBeVisible();
      await panel.getByRole("textbox").pressSequentially(draft);
      await expect(panel.getByText(SENTENCES[lang].offline)).toBeVisible();
      await shoot(page, `reconnecting-${name}`);
      await server.restart();
      await expect(panel.getByText(SENTENCES[lang].waiting)).toBeHidden();
      await expect(panel.getByRole("textbox")).toHaveValue(draft);
      await page.reload();
      await openChat(page, lang);
      await expect(panel.getByRole("textbox")).toHaveValue(draft);
      await expect(panel.locator(".row.visitor")).toHaveCount(2);
      expect(await ownTexts(panel)).toEqual([first, second]);
      expect(await sessionOf(page)).toBe(session);
      await context.close();
    });
  }

  for (const { lang, size, name } of LOOKS) {
    test(`W19 with the stores away a first visitor finds phone and hours (${name})`, async ({
      browser,
    }) => {
      redis.pause();
      const { context, page, arrive } = await visit(browser, server, lang, size);
      await arrive();
      const panel = await openChat(page, lang);
      const text = lang === "zh" ? "怎么退货？" : "How do I return something?";
      await say(panel, text);
      await expect(panel.getByText(SENTENCES[lang].down)).toBeVisible({ timeout: 40_000 });
      await expect(panel.locator(".lost .call")).toBeVisible();
      await expect(panel.locator(".lost").first()).toContainText("9:00");
      await expect(panel.getByText(SENTENCES[lang].waiting)).toBeVisible();
      await panel.getByRole("textbox").pressSequentially("…");
      await shoot(page, `down-${name}`);
      await page.reload();
      await openChat(page, lang);
      await expect(panel.getByRole("textbox")).toHaveValue("…");
      await expect(panel.getByText(text)).toBeVisible();
      redis.resume();
      await expect(panel.locator(".row.bot")).toHaveCount(2, { timeout: 40_000 });
      await expect(panel.getByText(SENTENCES[lang].down)).toBeHidden();
      await context.close();
    });
  }

  test("W19 with Redis dead the phone is there, and the server answers every hello", async ({
    browser,
  }) => {
    await redis.stop();
    const { context, page, arrive } = await visit(browser, server, "zh", "phone");
    await arrive();
    const panel = await openChat(page);
    await say(panel, "在吗");
    await expect(panel.getByText(SENTENCES.zh.down)).toBeVisible({ timeout: 40_000 });
    await expect(panel.locator(".lost .call")).toBeVisible();
    await context.close();
  });
});

// A quiet conversation: the warning, and the one tap that answers it. A real warning takes the floor of
// 20 minutes to come, so the test says the server's sentence into the page's own socket; everything
// else, the answer to the tap too, is the server's.

import { expect, type Page, test, type WebSocketRoute } from "@playwright/test";
import { openChat, SIZES, say, WORDS } from "./chat";
import { shoot } from "./pictures";
import { type Running, startServer } from "./server";

const SAYS = {
  zh: { question: "我买的东西想退货怎么办？", ask: /您还在吗？.*约 1 分钟/, tap: "我还在" },
  en: {
    question: "How do I return something I bought?",
    ask: /still there\?.*1 min/,
    tap: "I am still here",
  },
};

const SCREENS = { small: { width: 360, height: 740 }, desktop: SIZES.desktop };

let server: Running;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.stop());

for (const lang of ["zh", "en"] as const) {
  for (const screen of ["small", "desktop"] as const) {
    test(`W16 a quiet visitor is warned and stays with one tap (${lang}, ${screen})`, async ({
      browser,
    }) => {
      const { locale } = WORDS[lang];
      const context = await browser.newContext({ locale, viewport: SCREENS[screen] });
      const page = await context.newPage();
      const { sent, warn } = await listen(page);
      await page.goto(`${server.url}/?lang=${lang}`);
      const panel = await openChat(page, lang);
      await say(panel, SAYS[lang].question);
      await panel.locator(".row.bot .bubble").nth(1).waitFor();

      warn();
      const strip = panel.getByRole("status").filter({ hasText: SAYS[lang].ask });
      await expect(strip).toBeVisible();
      await expect.poll(() => sent("shown")).toBe(1);
      const tap = panel.getByRole("button", { name: SAYS[lang].tap });
      expect((await tap.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      await expect(panel.getByRole("button", { name: WORDS[lang].human }).first()).toBeInViewport();
      await shoot(page, `idle-${lang}-${screen}`);

      await tap.click();
      await expect.poll(() => sent("extend")).toBe(1);
      await expect(strip).toBeHidden();

      warn();
      await expect(strip).toBeVisible();
      await panel.getByRole("textbox").pressSequentially("a");
      await expect.poll(() => sent("typing")).toBeGreaterThan(0);
      await context.close();
    });
  }
}

/** Counts what the page sends, and can say a warning to it as the server would. */
async function listen(page: Page) {
  const frames: string[] = [];
  let line: WebSocketRoute | undefined;
  await page.routeWebSocket(/\/v1\/visitor/, (socket) => {
    const onward = socket.connectToServer();
    line = socket;
    socket.onMessage((data) => {
      frames.push(String(JSON.parse(String(data)).t));
      onward.send(data);
    });
  });
  return {
    sent: (t: string) => frames.filter((frame) => frame === t).length,
    warn: () => line?.send(JSON.stringify({ t: "idle", warn: true, left_ms: 60_000 })),
  };
}

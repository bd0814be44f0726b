// The widget by keyboard alone, as a screen reader hears it, and with an input method. On the story page:
// what is tested is the page, not the server.

import { expect, type Page, test } from "@playwright/test";
import { type Look, openStories, play, WIDTHS } from "./stories";

const ZH: Look = { lang: "zh-CN", mode: "normal" };

const focused = (page: Page) =>
  page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement;
    return inner?.className || inner?.localName || document.activeElement?.localName || "";
  });

/** Presses a key until the focus is on what matches, at most n times. */
async function walkTo(page: Page, key: string, wanted: RegExp, n = 30): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < n; i += 1) {
    const at = await focused(page);
    if (wanted.test(at)) return;
    passed.push(at);
    await page.keyboard.press(key);
  }
  throw new Error(`${wanted} was not reached; passed ${passed.join(", ")}`);
}

for (const width of [375, 1280] as const) {
  test(`W14 everything by keyboard, and focus comes back (${width})`, async ({ browser }) => {
    const page = await openStories(browser, { viewport: WIDTHS[width] });
    await play(page, "launcher", ZH);
    await walkTo(page, "Tab", /launcher/, 400);
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog");
    await expect(panel).toBeVisible();

    await walkTo(page, "Tab", /textarea/);
    await page.keyboard.type("我想退货");
    await page.keyboard.press("Enter");
    await expect(panel.locator(".row.visitor .bubble")).toHaveText("我想退货");

    await walkTo(page, "Shift+Tab", /log/);
    await walkTo(page, "Shift+Tab", /human/);
    await page.keyboard.press("Space");
    await expect(panel.locator(".place .said")).toContainText("正在为您找");

    await walkTo(page, "Tab", /tool/);
    await page.keyboard.press("Space");
    await expect(panel).toHaveAttribute("data-large", "");
    const ring = await page.evaluate(() => {
      const inner = document.activeElement?.shadowRoot?.activeElement;
      const style = inner ? getComputedStyle(inner) : null;
      return style ? [style.outlineStyle, Number.parseFloat(style.outlineWidth)] : [];
    });
    expect(ring[0]).toBe("solid");
    expect(ring[1]).toBeGreaterThanOrEqual(2);

    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
    expect(await focused(page)).toBe("launcher");
    await page.keyboard.press("Enter");
    await expect(panel.locator(".row.visitor .bubble")).toHaveText("我想退货");
    await page.context().close();
  });
}

test("W14 beside the page there is no trap: the keyboard walks out of the panel", async ({
  browser,
}) => {
  const page = await openStories(browser, { viewport: WIDTHS[1280] });
  await play(page, "greeting", ZH);
  await walkTo(page, "Tab", /^(body|a)$/, 40);
  await page.context().close();
});

test("W14 Escape closes what lies over the chat before the chat, and focus goes back", async ({
  browser,
}) => {
  const page = await openStories(browser);
  await play(page, "more", ZH);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await focused(page)).toContain("more");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.context().close();
});

test("W18 Enter of an input method chooses a word and never sends", async ({ browser }) => {
  const page = await openStories(browser);
  await play(page, "greeting", ZH);
  const field = page.getByRole("textbox");
  await field.focus();
  const devtools = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    devtools.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  await compose("tui");
  await page.keyboard.press("Enter");
  await compose("tui huo");
  await page.keyboard.press("Enter");
  await expect(page.locator(".row.visitor")).toHaveCount(0);
  await devtools.send("Input.insertText", { text: "退货" });
  // Without a real input method the browser writes its Enter as a new line; that is not ours to judge.
  await expect(field).toHaveValue(/^退货\s*$/);
  await page.keyboard.press("Enter");
  await expect(page.locator(".row.visitor .bubble")).toHaveText("退货");
  await page.context().close();
});

test("W15 history is a named log, states are said, and focus stays where the visitor put it", async ({
  browser,
}) => {
  const page = await openStories(browser, { viewport: WIDTHS[1280] });
  await play(page, "person-joined", ZH);
  const log = page.getByRole("log", { name: "聊天记录" });
  await expect(log).toHaveAttribute("tabindex", "0");
  expect(await focused(page)).toBe("textarea");
  await page.keyboard.type("正在");
  await play(page, "waiting-near", ZH);
  await expect(page.getByRole("status").filter({ hasText: "您排在第一位" })).toBeVisible();
  for (const [story, words] of Object.entries({
    offline: "暂时连不上",
    problem: "服务器出了一点问题",
    refused: "没有可以看到的文字",
    "too-long": "太长了",
    "end-for-silence": "您还在吗",
  })) {
    await play(page, story, ZH);
    await expect(page.getByRole("status").filter({ hasText: words }), story).toBeVisible();
  }
  await page.context().close();
});

test("W15 every message is said once: nothing that was said is put on the page again", async ({
  browser,
}) => {
  const page = await openStories(browser);
  await play(page, "person-typing", ZH);
  const rows = await page.evaluate(() => {
    const root = document.querySelector("yijian-chat")?.shadowRoot;
    const log = root?.querySelector(".log");
    if (!log) return -1;
    let added = 0;
    new MutationObserver((changes) => {
      for (const change of changes) added += change.addedNodes.length;
    }).observe(log, { childList: true, subtree: true });
    return new Promise<number>((done) => setTimeout(() => done(added), 50));
  });
  expect(rows).toBe(0);
  await page.context().close();
});

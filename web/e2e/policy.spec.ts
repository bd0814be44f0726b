// Ops tune a rule: they see what it would have meant, say why, publish, and take it back; visitors are
// decided by what is published, at once.

import { type Browser, expect, type Page, test } from "@playwright/test";
import { axe } from "./axe";
import { type Lang, openChat, say } from "./chat";
import { openBrowser } from "./console";
import { shoot } from "./pictures";
import { type Running, startServer } from "./server";

const OPS = {
  zh: {
    question: "怎么开发票？",
    same: "同样的问题再问几次就转人工",
    differs: /最近 \d+ 次判断中，有 1 次会不同/,
    publish: "发布",
    need: "请写明原因",
    reason: /为什么修改/,
    why: "问第二遍的人多数会走掉",
    live: (n: number) => `正在使用第 ${n} 版`,
    history: "历史",
    restore: "恢复这一版",
    confirm: "恢复",
    restores: "恢复自第 1 版",
    decisions: "决定",
    handedOver: /您问了两次同样的问题，我们为您转接客服人员/,
    asked: /您问了两次同样的问题，要不要/,
    told: "访客看到",
  },
  en: {
    question: "How do I return something I bought?",
    same: "The same question asked again so often brings a person",
    differs: /1 of the last \d+ judgements would be different/,
    publish: "Publish",
    need: "Say why",
    reason: /Why you change it/,
    why: "most who ask twice leave",
    live: (n: number) => `Version ${n} decides now`,
    history: "History",
    restore: "Restore this one",
    confirm: "Restore",
    restores: "restores version 1",
    decisions: "Decisions",
    handedOver: /asked the same question twice, so we are connecting you/,
    asked: /asked the same question twice: would you/,
    told: "The visitor reads",
  },
};

/** What a new version may take to decide everywhere. */
const LIVE_MS = 5_000;

for (const [lang, size] of [
  ["zh", "desktop"],
  ["en", "phone"],
] as const) {
  const w = OPS[lang];
  const picture = (what: string) => `ops-${what}-${lang}-${size}`;

  test(`ops lower "same question", say why, publish, and restore (${lang}, ${size})`, async ({
    browser,
  }) => {
    test.slow();
    const problems: string[] = [];
    const server = await startServer();
    try {
      const link = server.addUser("olga", "--name", "Olga", "--role", "ops");
      const context = await openBrowser(browser, { lang, size, dark: lang === "en" }, problems);
      const ops = await context.newPage();
      await ops.goto(link.replace("/console#", "/ops#"));
      await expect(ops.getByText(w.live(1))).toBeVisible();
      await ops.getByLabel(w.same, { exact: true }).fill("1");
      await test.step("the first version asks who repeats a question", async () => {
        const panel = await asksTwice(browser, server, lang);
        await expect(panel.getByText(w.asked).last()).toBeVisible();
      });

      await test.step("a draft shows what the last judgements would have been, those after it too", async () => {
        await expect(ops.getByText(w.differs)).toBeVisible();
        expect(await axe(ops)).toEqual([]);
        await shoot(ops, picture("draft"));
      });

      await test.step("nothing is published without a reason", async () => {
        await ops.getByRole("button", { name: w.publish, exact: true }).click();
        await expect(ops.getByText(w.need)).toBeVisible();
        await shoot(ops, picture("reason"));
        await expect(ops.getByText(w.live(1))).toBeVisible();
      });

      await test.step("a visitor is decided by the new version within 5 s", async () => {
        await ops.getByLabel(w.reason).fill(w.why);
        await ops.getByRole("button", { name: w.publish, exact: true }).click();
        await expect(ops.getByText(w.live(2))).toBeVisible({ timeout: LIVE_MS });
        const panel = await asksTwice(browser, server, lang);
        await expect(panel.getByRole("log")).toContainText(w.handedOver);
        await shoot(ops, picture("published"));
      });

      await test.step("the decisions show why", async () => {
        await ops.getByRole("tab", { name: w.decisions }).click();
        const decided = ops.locator("details").filter({ hasText: w.handedOver }).first();
        await decided.locator("summary").click();
        await expect(decided.getByText(w.handedOver)).toBeVisible();
        expect(await axe(ops)).toEqual([]);
        await shoot(ops, picture("decisions"));
      });

      await test.step("the old version is restored, with a reason", async () => {
        await ops.getByRole("tab", { name: w.history }).click();
        await ops.getByRole("button", { name: w.restore }).click();
        await restore(ops, w);
        await expect(ops.getByText(w.live(3))).toBeVisible({ timeout: LIVE_MS });
        await expect(ops.getByText(w.restores)).toBeVisible();
        expect(await axe(ops)).toEqual([]);
        await shoot(ops, picture("history"));
        const panel = await asksTwice(browser, server, lang);
        await expect(panel.getByText(w.asked).last()).toBeVisible();
      });
      expect(problems).toEqual([]);
    } finally {
      await server.stop();
    }
  });
}

async function restore(ops: Page, w: (typeof OPS)[Lang]): Promise<void> {
  await ops.getByRole("button", { name: w.confirm, exact: true }).click();
  await expect(ops.getByText(w.need)).toBeVisible();
  await ops.getByLabel(w.reason).fill(w.why);
  await ops.getByRole("button", { name: w.confirm, exact: true }).click();
}

/** A new visitor who asks the same question twice. */
async function asksTwice(browser: Browser, server: Running, lang: Lang) {
  const context = await openBrowser(browser, { lang }, []);
  const page = await context.newPage();
  await page.goto(`${server.url}/?lang=${lang}`);
  const panel = await openChat(page, lang);
  const { question } = OPS[lang];
  await say(panel, question);
  await expect(panel.locator(".row.bot .bubble")).toHaveCount(2); // the greeting is the first
  await say(panel, question);
  return panel;
}

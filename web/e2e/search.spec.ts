// Past chats: found by a word in either language, read with their AI labels, and taken out.

import { readFileSync, writeFileSync } from "node:fs";
import { type Browser, type Download, expect, type Page, test } from "@playwright/test";
import { axe } from "./axe";
import { type Lang, openChat, ownTexts, type SIZES, say, sessionOf } from "./chat";
import { openBrowser, takeSeat } from "./console";
import { LOOKS } from "./looks";
import { shoot } from "./pictures";
import { type Running, startServer } from "./server";

const UI = {
  zh: {
    title: "聊天记录",
    menu: /我的账户/,
    search: "在聊天记录里查找",
    results: "找到的聊天",
    log: "聊天记录",
    filters: /^筛选/,
    rating: "访客评分",
    clear: "清除筛选",
    take: "导出找到的全部聊天",
    takeOne: "导出这个聊天",
    csv: /CSV/,
    jsonl: /JSON/,
    nothing: "没有找到",
    failed: /服务器没有回答/,
    again: "再试一次",
    gone: "没有这个聊天",
    word: "退款",
    marked: ["退款"],
    toList: "返回找到的聊天",
    erase: "永久删除这个聊天",
    why: "删除的原因",
    forGood: "永久删除",
    erased: /的聊天已删除/,
    notErased: /没有删除成功/,
  },
  en: {
    title: "Past chats",
    menu: /Account and settings/,
    search: "Search past chats",
    results: "Chats found",
    log: "Messages",
    filters: /^Filters/,
    rating: "Rating",
    clear: "Clear filters",
    take: "Export all chats found",
    takeOne: "Export this chat",
    csv: /CSV/,
    jsonl: /JSON/,
    nothing: "Nothing found",
    failed: /The server did not answer/,
    again: "Try again",
    gone: "There is no such chat",
    word: "refund",
    marked: ["refund", "Refunds"],
    toList: "Back to what was found",
    erase: "Erase this chat for good",
    why: "Why it is erased",
    forGood: "Erase for good",
    erased: /^The chat of visitor .* is erased/,
    notErased: /It was not erased/,
  },
};

/** What a shop took along from its old service; one visitor tries to bring HTML. */
const PAST = `conversation,at,from,text,agent,rating,reason
1,2026-11-01 09:00:00,visitor,我上周买的外套想退款，要多久能到账？,,1,words
1,2026-11-01 09:00:04,bot,退款会在 3 个工作日内原路退回。,,1,words
1,2026-11-01 09:01:10,visitor,<img src=x onerror=document.title='hacked'>转人工,,1,words
1,2026-11-01 09:02:00,agent,您好，我是小林，退款今天就能到账。,小林,1,words
2,2026-11-02 10:00:00,visitor,I would like a refund for order 20261102,,5,
2,2026-11-02 10:00:05,bot,Refunds take three working days.,,5,
3,2026-11-03 11:00:00,visitor,=1+1 发货了吗,,,
3,2026-11-03 11:00:03,bot,今天发货。,,,
4,2026-11-04 09:00:00,visitor,紫砂壶的订单请删掉,,,
5,2026-11-04 10:00:00,visitor,Please forget my samovar,,,
${Array.from({ length: 45 }, (_, i) => `x${i},2026-10-${String(1 + (i % 28)).padStart(2, "0")} 12:00:00,visitor,运费第 ${i} 问,,,`).join("\n")}
`;

let server: Running;
test.beforeAll(async () => {
  server = await startServer();
  const file = test.info().outputPath("past.csv");
  writeFileSync(file, PAST);
  server.run("import", file, "--site", "demo");
});
test.afterAll(() => server.stop());

async function text(download: Promise<Download>): Promise<string> {
  return readFileSync((await (await download).path()) ?? "", "utf8");
}

async function find(page: Page, lang: Lang, words: string): Promise<void> {
  await page.getByRole("searchbox", { name: UI[lang].search }).fill(words);
  await page.getByRole("searchbox", { name: UI[lang].search }).press("Enter");
}

let seats = 0;

async function seat(
  browser: Browser,
  lang: Lang,
  size: keyof typeof SIZES,
  dark = false,
  role = "lead",
) {
  const problems: string[] = [];
  const context = await openBrowser(browser, { lang, size, dark }, problems);
  seats += 1;
  const login = `${role}${seats}`;
  const page = await takeSeat(
    context,
    server.addUser(login, "--name", login, "--role", role),
    lang,
  );
  return { page, problems };
}

for (const { lang, size } of LOOKS) {
  test(`a lead finds, reads and exports past chats (${lang}, ${size})`, async ({ browser }) => {
    test.slow();
    const w = UI[lang];
    const name = (what: string) => `records-${what}-${lang}-${size}`;
    const { page, problems } = await seat(browser, lang, size, lang === "en");
    if (size === "phone") {
      await page.getByRole("button", { name: w.menu }).click();
      await page.getByRole("menuitem", { name: w.title }).click();
    } else await page.getByRole("link", { name: w.title }).click();
    const results = page.getByRole("navigation", { name: w.results });
    await expect(results.getByRole("listitem")).toHaveCount(20);
    await shoot(page, name("all"));
    await page.getByRole("button", { name: /更早|older/ }).click();
    await expect(results.getByRole("listitem")).toHaveCount(40);

    await find(page, lang, w.word);
    const first = results
      .getByRole("listitem")
      .filter({ hasText: lang === "zh" ? "外套" : "20261102" });
    await expect(first.locator("mark")).toHaveText([w.marked[0] ?? ""]);
    await expect(results.getByText("AI", { exact: true }).first()).toBeVisible();
    expect(await axe(page)).toEqual([]);
    await shoot(page, name("found"));

    const all = page.waitForEvent("download");
    await page.getByRole("button", { name: w.take }).click();
    await shoot(page, name("export"));
    await page.getByRole("menuitem", { name: w.csv }).click();
    const csv = await text(all);
    expect(csv).toContain(lang === "zh" ? "退款今天就能到账" : "Refunds take three working days");
    expect(csv).toMatch(/bot,[^\n]*,true,message/); // the AI label
    expect(csv).not.toContain("发货");

    await first.getByRole("link").click();
    const log = page.getByRole("region", { name: w.log });
    await expect(log.locator("mark").first()).toBeVisible();
    expect(new Set(await log.locator("mark").allTextContents())).toEqual(new Set(w.marked));
    await expect(log.locator("abbr", { hasText: "AI" })).toHaveCount(1);
    if (lang === "zh") await expect(log).toContainText(`<img src=x onerror=`);
    expect(await page.title()).not.toContain("hacked");
    expect(await axe(page)).toEqual([]);
    await shoot(page, name("read"));

    const one = page.waitForEvent("download");
    await page.getByRole("button", { name: w.takeOne }).click();
    await page.getByRole("menuitem", { name: w.jsonl }).click();
    const json = JSON.parse(await text(one)) as { turns: { from: string; ai?: boolean }[] };
    expect(json.turns.filter(({ from }) => from === "bot").every(({ ai }) => ai)).toBe(true);

    if (size === "phone") {
      await page.getByRole("link", { name: w.toList }).click();
      await expect(first).toBeVisible();
    }
    await page.getByRole("button", { name: w.filters }).click();
    await page.getByLabel(w.rating).selectOption("3");
    await expect(results.getByText(w.nothing)).toBeVisible();
    await shoot(page, name("nothing"));
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: w.clear }).click();
    await expect(first).toBeVisible();
    expect(problems).toEqual([]);
    await page.context().close();
  });
}

for (const { lang, size } of LOOKS) {
  test(`an admin erases a chat for good, with a reason (${lang}, ${size})`, async ({ browser }) => {
    const w = UI[lang];
    const word = lang === "zh" ? "紫砂壶" : "samovar";
    const name = (what: string) => `records-erase-${what}-${lang}-${size}`;
    const { page, problems } = await seat(browser, lang, size, lang === "en", "admin");
    await page.goto(`${server.url}/console/records?q=${encodeURIComponent(word)}`);
    await page.getByRole("listitem").first().getByRole("link").click();
    await page.getByRole("button", { name: w.erase }).click();
    const dialog = page.getByRole("dialog", { name: w.erase });
    const go = dialog.getByRole("button", { name: w.forGood });
    await expect(dialog.getByLabel(w.why)).toBeFocused();
    await expect(go).toBeDisabled();
    expect(await axe(page)).toEqual([]);
    await shoot(page, name("ask"));
    await dialog.getByLabel(w.why).fill("the visitor asked / 访客要求");
    await page.route(/v1.sessions.[^/]+.reason=/, (route) => route.abort());
    await go.click();
    await expect(dialog.getByRole("alert")).toHaveText(w.notErased);
    await page.unroute(/v1.sessions.[^/]+.reason=/);
    expect(await axe(page)).toEqual([]);
    await shoot(page, name("failed"));
    await go.click();
    await expect(page.getByRole("status").filter({ hasText: w.erased })).toBeVisible();
    await shoot(page, name("done"));
    await page.getByRole("link", { name: w.toList }).click();
    await expect(page.getByText(w.nothing)).toBeVisible();
    const audit = await page.request.get(`${server.url}/v1/audit`);
    expect(await audit.text()).toContain("the visitor asked / 访客要求");
    expect(problems.filter((p) => !p.includes("ERR_FAILED"))).toEqual([]);
    await page.context().close();
  });
}

test("the keyboard alone goes from the chats to a past one and back", async ({ browser }) => {
  const { page, problems } = await seat(browser, "en", "desktop");
  await page.keyboard.press("s");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("refund");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listitem").first().locator("mark")).toHaveText("Refunds");
  await page.getByRole("searchbox").blur();
  await page.keyboard.press("j");
  const log = page.getByRole("region", { name: "Messages" });
  await expect(log).toContainText("order 20261102");
  await page.keyboard.press("j");
  await expect(page.locator("[aria-current=true]")).toContainText("I would like");
  await page.goBack();
  await expect(page.locator("[aria-current=true]")).toContainText("three working days");
  await page.keyboard.press("1");
  await expect(page.getByRole("navigation", { name: "Chats" })).toBeVisible();
  expect(problems).toEqual([]);
  await page.context().close();
});

test("what was just said is found, an agent may read it but not take it out", async ({
  browser,
}) => {
  const problems: string[] = [];
  const visitor = await openBrowser(browser, { lang: "zh" }, problems);
  const shop = await visitor.newPage();
  await shop.goto(`${server.url}/?lang=zh`);
  const panel = await openChat(shop);
  await say(panel, "我的琥珀耳环什么时候发货");
  const agent = await openBrowser(browser, { lang: "zh" }, problems);
  const page = await takeSeat(agent, server.addUser("ann", "--name", "ann"), "zh");
  await page.keyboard.press("s");
  await expect(async () => {
    await find(page, "zh", "琥珀");
    await expect(page.locator("mark")).toHaveText(["琥珀"], { timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole("button", { name: /导出|删除/ })).toHaveCount(0);
  await page.getByRole("listitem").first().getByRole("link").click();
  await expect(page.getByRole("region", { name: "聊天记录" }).locator("abbr")).toHaveText(["AI"]);
  await expect(page.getByRole("button", { name: /导出|删除/ })).toHaveCount(0);
  expect(problems).toEqual([]);
  await visitor.close();
  await agent.close();
});

test("ops reads past chats beside the rules; what fails can be tried again", async ({
  browser,
}) => {
  const problems: string[] = [];
  const context = await openBrowser(browser, { lang: "zh" }, problems);
  const page = await context.newPage();
  const link = server.addUser("olga", "--name", "olga", "--role", "ops");
  await page.goto(link.replace("/console", "/ops"));
  await page.getByRole("link", { name: "聊天记录" }).click();
  await find(page, "zh", "退款");
  await page.getByRole("listitem").first().getByRole("link").click();
  await expect(
    page.getByRole("region", { name: "聊天记录" }).locator("mark").first(),
  ).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await shoot(page, "records-ops-zh");
  expect(problems).toEqual([]);

  await page.route("**/v1/sessions?*", (route) => route.abort());
  await find(page, "zh", "发货");
  await expect(page.getByText(UI.zh.failed)).toBeVisible();
  await shoot(page, "records-failed-zh");
  await page.unroute("**/v1/sessions?*");
  await page.getByRole("button", { name: UI.zh.again }).click();
  await expect(page.getByRole("listitem").first().locator("mark").first()).toHaveText("发货");

  await find(page, "zh", "0190163d-8694-739b-aea5-966c26f8ad91");
  await expect(page.getByText(UI.zh.gone)).toBeVisible();
  await page.getByRole("link", { name: "转人工规则" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "转人工规则" })).toBeVisible();
  await context.close();
});

test("a page that shows a chat when it is erased drops it, says nothing of it again, and begins anew", async ({
  page,
}) => {
  await page.goto(`${server.url}/?lang=en`);
  const panel = await openChat(page, "en");
  await say(panel, "my name is Quillfeather");
  await expect(panel.locator(".row.bot .bubble")).toHaveCount(2);
  const erased = await sessionOf(page);
  await expect(() => server.run("erase", "--visitor", erased, "--reason", "asked")).toPass();
  // A server looks for orders every 2 s, and at what it holds against Redis every 7 s.
  await expect(panel.getByText("Quillfeather")).toHaveCount(0, { timeout: 30_000 });
  await expect(panel.locator(".row.bot .bubble")).toHaveCount(1); // the greeting
  await shoot(page, "erased-en");
  await say(panel, "How do I return something I bought?");
  await expect(panel.locator(".row.bot .bubble")).toHaveCount(2);
  expect(await sessionOf(page)).not.toBe(erased);
  expect(() => server.run("export", "--visitor", erased)).toThrow();
  expect(await ownTexts(panel)).toEqual(["How do I return something I bought?"]);
});

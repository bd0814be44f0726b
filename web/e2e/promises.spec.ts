// What a visitor is promised, line by line of the list of what must hold (W2–W8, W20–W24, S8), against
// the built binary.

import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { IN_LINE, type Lang, openChat, say, WORDS } from "./chat";
import { accept, DESK, openBrowser, takeSeat, write } from "./console";
import { type Running, startServer } from "./server";

let server: Running;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.stop());

/** A visitor of the demo shop with the chat open. */
async function visit(browser: Browser, lang: Lang = "zh", options: object = {}) {
  const context = await browser.newContext({
    locale: WORDS[lang].locale,
    viewport: { width: 375, height: 720 },
    ...options,
  });
  const page = await context.newPage();
  await page.goto(`${server.url}/?lang=${lang}`);
  return { context, page, panel: await openChat(page, lang) };
}

const humanOf = (panel: Locator) => panel.locator(".human");
const placeOf = (panel: Locator) => panel.locator(".place .said");
const botRows = (panel: Locator) => panel.locator(".row.bot");

async function ask(panel: Locator, text: string): Promise<void> {
  const before = await botRows(panel).count();
  await say(panel, text);
  await expect.poll(() => botRows(panel).count()).toBeGreaterThan(before);
}

for (const { lang, words, others } of [
  { lang: "zh", words: ["找 真 人", "我要转人工！"], others: "人工智能是什么" },
  {
    lang: "en",
    words: ["I want a real person", "HUMAN please"],
    others: "what does the travel agent do",
  },
] as const) {
  test(`W3 words that ask for a person hand over on the first turn (${lang})`, async ({
    browser,
  }) => {
    for (const text of words) {
      const { context, panel } = await visit(browser, lang);
      await say(panel, text);
      await expect(placeOf(panel), text).toBeVisible();
      await expect(botRows(panel), text).toHaveCount(1);
      await context.close();
    }
    const { context, panel } = await visit(browser, lang);
    await ask(panel, others);
    await expect(placeOf(panel)).toBeHidden();
    await context.close();
  });
}

test("W4 an account that was stolen is handed over by itself", async ({ browser }) => {
  const { context, panel } = await visit(browser);
  await say(panel, "我的账号被盗了，钱没了");
  await expect(placeOf(panel)).toContainText(IN_LINE);
  await expect(panel.locator(".move").first()).toBeVisible();
  await context.close();
});

test("W5 lost patience asks first; a no is kept, a yes hands over", async ({ browser }) => {
  const { context, panel } = await visit(browser);
  await ask(panel, "怎么退货？");
  await say(panel, "气死我了");
  const question = panel.locator(".asked:visible").filter({ hasText: "真人" });
  await expect(question).toBeVisible();
  await expect(placeOf(panel)).toBeHidden();
  await question.getByRole("button", { name: "不用" }).click();
  await expect(question).toBeHidden();
  await ask(panel, "怎么退货？");
  await expect(placeOf(panel)).toBeHidden();
  await expect(question).toBeHidden();
  await context.close();

  const other = await visit(browser);
  await ask(other.panel, "怎么退货？");
  await say(other.panel, "气死我了");
  await other.panel.getByRole("button", { name: /真人来/ }).click();
  await expect(placeOf(other.panel)).toContainText(IN_LINE);
  await other.context.close();
});

test("W23 what the AI suggests is one press away, only after its answer, and gone with the next word", async ({
  browser,
}) => {
  const { context, panel } = await visit(browser);
  const group = panel.getByRole("group", { name: "您是想问" });
  await expect(group).toBeHidden();
  await ask(panel, "收货的时候不在家怎么弄");
  await expect(group).toBeVisible();
  await expect(panel.getByRole("textbox")).toBeVisible();
  const [first = ""] = await group.getByRole("button").allTextContents();
  const before = await botRows(panel).count();
  await group.getByRole("button").first().click();
  await expect(panel.locator(".row.visitor .bubble").last()).toHaveText(first);
  await expect(group).toBeHidden();
  await expect.poll(() => botRows(panel).count()).toBeGreaterThan(before);
  await context.close();
});

test("W7 the place within 1 s, moving on within 10 s, and kept through half an hour of silence", async ({
  browser,
}) => {
  const own = await startServer();
  const line = async () => {
    const context = await browser.newContext({ locale: "zh-CN" });
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(own.url);
    const panel = await openChat(page);
    await say(panel, "怎么退货？");
    await expect(botRows(panel)).toHaveCount(2);
    return { context, page, panel };
  };
  const first = await line();
  await humanOf(first.panel).click();
  await expect(placeOf(first.panel)).toContainText("第一位", { timeout: 1_000 });
  const second = await line();
  await humanOf(second.panel).click();
  await expect(placeOf(second.panel)).toContainText("前面还有 1 位", { timeout: 1_000 });

  await second.page.clock.runFor(1_000);
  await second.page.clock.fastForward(30 * 60_000);
  await second.page.clock.resume();
  await expect(placeOf(second.panel)).toContainText("前面还有 1 位");
  await expect(second.panel.locator(".lost:visible")).toHaveCount(0);

  await first.panel.getByRole("button", { name: "回到 AI 助手" }).click();
  await first.panel.locator(".footer .primary").click();
  await expect(placeOf(second.panel)).toContainText("第一位", { timeout: 10_000 });
  await first.context.close();
  await second.context.close();
  await own.stop();
});

/** Where 转人工 is, and in which order the header stands. */
async function header(panel: Locator) {
  const box = await humanOf(panel).boundingBox();
  const order = await panel
    .locator(".header > *")
    .evaluateAll((all) => all.map((e) => e.className));
  return { box, order: order.map((name) => name.replace(/ ?person/, "")) };
}

test("W2 W6 W8 W23 from AI to a person and back: 转人工 stays, the label is true, a rating is asked once", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const problems: string[] = [];
  const own = await startServer();
  const desk = await openBrowser(browser, { lang: "zh" }, problems);
  const context = await browser.newContext({
    locale: "zh-CN",
    viewport: { width: 375, height: 720 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  await page.goto(own.url);
  const panel = await openChat(page);
  const usual = await header(panel);
  const stays = async (state: string) => {
    const { box, order } = await header(panel);
    expect(order, state).toEqual(usual.order);
    for (const side of ["x", "y", "width", "height"] as const) {
      const moved = Math.abs((box?.[side] ?? 0) - (usual.box?.[side] ?? 999));
      expect(moved, `${state}: ${side}`).toBeLessThanOrEqual(8);
    }
  };
  const who = panel.locator(".header h2");
  await expect(who).toHaveText("AI 智能助手");
  await ask(panel, "怎么退货？");
  await expect(panel.locator(".row.bot .who .ai")).toHaveCount(await botRows(panel).count());
  await expect(panel.locator(".footer")).toContainText("AI 的回答可能有错");
  await stays("answered");

  await humanOf(panel).click();
  await expect(placeOf(panel)).toContainText(IN_LINE);
  const answers = await botRows(panel).count();
  await stays("in line");

  const agent = await takeSeat(desk, own.signIn, "zh");
  await accept(agent, "zh", "怎么退货？");
  await write(agent, DESK.zh.reply, "您好，我来帮您。");
  await expect(panel.getByRole("log")).toContainText("您好，我来帮您。");
  await expect(who).toContainText("客服人员");
  await expect(panel.getByRole("log")).toContainText("现在由真人为您服务");
  await stays("a person answers");
  await say(panel, "谢谢");
  await expect(agent.getByRole("log")).toContainText("谢谢");
  // Nothing but the visitor's own press brings the AI back.
  await expect(botRows(panel)).toHaveCount(answers);
  await panel.getByRole("button", { name: "更多" }).click();
  await panel.getByRole("button", { name: "复制聊天记录" }).click();
  await expect(panel.getByText("已复制")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/AI 智能助手: [\s\S]*客服人员.*: 您好，我来帮您。/);
  await page.keyboard.press("Escape");

  await panel.getByRole("button", { name: "回到 AI 助手" }).click();
  await expect(who).toContainText("客服人员");
  await panel.locator(".footer .primary").click();
  await expect(who).toHaveText("AI 智能助手");
  await ask(panel, "怎么退货？");
  await stays("back at the AI");

  await humanOf(panel).click();
  await agent.getByRole("button", { name: DESK.zh.accept, exact: true }).first().click();
  await write(agent, DESK.zh.reply, "还有别的吗？");
  await agent.getByRole("button", { name: DESK.zh.resolve }).first().click();
  await agent.getByRole("dialog").getByRole("button", { name: DESK.zh.resolve }).click();
  await panel.getByRole("button", { name: "解决了", exact: true }).click();
  await expect(panel.getByRole("radio")).toHaveCount(5);
  await expect(panel.locator(".rating input:checked")).toHaveCount(0);
  await stays("over");
  await panel.locator(".rating:visible .quiet").click();
  await page.reload();
  await openChat(page);
  await expect(panel.getByRole("log")).toContainText("聊天已结束");
  await expect(panel.locator(".rating:visible")).toHaveCount(0);
  await stays("reloaded");
  expect(problems).toEqual([]);
  await context.close();
  await desk.close();
  await own.stop();
});

test("W23 nothing stands before writing and 转人工: no menu, no form, no question, no choice made", async ({
  browser,
}) => {
  const { context, panel } = await visit(browser);
  await expect(panel.getByRole("textbox")).toBeVisible();
  const pressed = await panel.getByRole("button").allTextContents();
  expect(pressed.filter(Boolean)).toEqual(["转人工", "大字", "更多", "发送"]);
  await expect(panel.locator(":is(form, input, select, a):visible")).toHaveCount(0);
  await context.close();
});

test("W20 reading aloud and speaking say where the sound goes, and stay off until switched on", async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await context.newPage();
  // The browser of the tests has no voices; a phone has, its own or those of a service.
  await page.addInitScript(() => {
    const isLocal = !location.search.includes("away");
    const voice = { lang: "zh-CN", name: "v", localService: isLocal };
    Object.defineProperty(window.speechSynthesis, "getVoices", { value: () => [voice] });
    Object.defineProperty(window, "webkitSpeechRecognition", { value: class {} });
  });
  for (const [where, said] of [
    ["here", "声音和文字都不上传"],
    ["away", "发给它的语音服务"],
  ] as const) {
    await page.goto(`${server.url}/?${where}`);
    const panel = await openChat(page);
    await panel.getByRole("button", { name: "更多" }).click();
    await expect(panel.getByText(said)).toBeVisible();
    await expect(panel.getByText("可能发到浏览器公司的服务器")).toBeVisible();
    await expect(panel.getByRole("switch", { name: "读出回答" })).not.toBeChecked();
    await expect(panel.getByRole("switch", { name: "用说的，不用打字" })).not.toBeChecked();
    await expect(panel.getByRole("button", { name: "说话" })).toBeHidden();
    await page.keyboard.press("Escape");
  }
  await context.close();
});

test("W21 with reduced motion nothing moves", async ({ browser }) => {
  const { context, page, panel } = await visit(browser, "zh", { reducedMotion: "reduce" });
  await ask(panel, "怎么退货？");
  await humanOf(panel).click();
  const moving = await page.evaluate(() => {
    const root = document.querySelector("yijian-chat")?.shadowRoot;
    const styled = [...(root?.querySelectorAll("*") ?? [])].filter((e) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(e);
      return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior === "smooth";
    });
    return [styled.length, document.getAnimations().length];
  });
  expect(moving).toEqual([0, 0]);
  await context.close();
});

/** What visitors do not say; lint holds the catalogues to it, this the sentences of the server too. */
const OF_THE_TRADE =
  /会话|坐席|座席|工单|队列|路由|机器人|用户|客户|\bsession|\bticket|\bagent|\bqueue|\bbot\b/i;

for (const { lang, question } of [
  { lang: "zh", question: "我买的东西想退货怎么办？" },
  { lang: "en", question: "How do I return something I bought?" },
] as const) {
  test(`W24 one language all through, in plain words and three sentences at a time (${lang})`, async ({
    browser,
  }) => {
    const { context, panel } = await visit(browser, lang);
    await ask(panel, question);
    await humanOf(panel).click();
    await expect(placeOf(panel)).toBeVisible();
    await panel.locator(".more").click();
    const said = await panel.evaluate((e: HTMLElement) => e.innerText);
    const other = lang === "en" ? /\p{Script=Han}/u : /[a-z]{3,}/;
    expect(said.match(other)).toBeNull();
    expect(said.match(OF_THE_TRADE)).toBeNull();
    for (const bubble of await botRows(panel).locator(".bubble").allTextContents()) {
      expect(
        bubble.match(/[。！？]|[^\d\s][.!?](?=\s|$)/g)?.length ?? 0,
        bubble,
      ).toBeLessThanOrEqual(3);
    }
    await context.close();
  });
}

/** Every frame that the page sends. */
function sentBy(page: Page): string[] {
  const frames: string[] = [];
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => frames.push(String(payload)));
  });
  return frames;
}

test("S8 typing puts nothing of it on the wire; pace has three buckets, and off means none", async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await context.newPage();
  const frames = sentBy(page);
  const named = (t: string) => frames.map((f) => JSON.parse(f)).filter((f) => f.t === t);
  await page.goto(server.url);
  const panel = await openChat(page);
  const input = panel.getByRole("textbox");
  await say(panel, "怎么退货？");
  await expect(botRows(panel)).toHaveCount(2);
  await humanOf(panel).click();
  await expect(placeOf(panel)).toBeVisible();
  await input.pressSequentially("secret 4242");
  await expect.poll(() => named("typing").length).toBeGreaterThan(0);
  expect(named("typing").every((f) => Object.keys(f).join() === "t")).toBe(true);
  await input.fill("好的");
  await input.press("Enter");
  await expect.poll(() => named("message").length).toBe(2);
  const { pace } = named("message")[1];
  expect(Object.keys(pace).sort()).toEqual(["edits", "pause", "t"]);
  for (const bucket of Object.values(pace)) expect([0, 1, 2, 3, 4]).toContain(bucket);
  expect(frames.join()).not.toMatch(/secret|4242/);

  await panel.getByRole("button", { name: "更多" }).click();
  await panel.locator("label.switch", { hasText: "看打字快慢" }).click();
  await page.keyboard.press("Escape");
  await say(panel, "第三句");
  await expect.poll(() => named("message").length).toBe(3);
  expect(named("message")[2]).not.toHaveProperty("pace");
  await context.close();
});

// The whole way: a visitor chats with the bot, presses 转人工, is answered by a person, and rates.

import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { shoot } from "./pictures";
import { type Running, startServer } from "./server";

const WORDS = {
  zh: {
    locale: "zh-CN",
    launcher: /客服/,
    human: /转人工/,
    question: "我买的东西想退货怎么办？",
    hello: "您好，我是客服人员，马上帮您看。",
    thanks: "谢谢你",
    bye: "还有别的可以帮您吗？",
    ai: /AI/,
    accept: /接待|接受|接入|接听/,
    later: "以后再说",
    reply: /回复/,
    resolve: /结束聊天|结束/,
    solved: "解决了",
  },
  en: {
    locale: "en-US",
    launcher: /Help/,
    human: /person/i,
    question: "How do I return something I bought?",
    hello: "Hello, I am from customer service. Let me look.",
    thanks: "thank you",
    bye: "Anything else?",
    ai: /AI/,
    accept: /Accept/,
    later: "Later",
    reply: /Reply/,
    resolve: /Resolve/,
    solved: "Yes",
  },
};

const SIZES = {
  phone: { width: 375, height: 720 },
  desktop: { width: 1280, height: 800 },
};

for (const lang of ["zh", "en"] as const) {
  for (const size of ["phone", "desktop"] as const) {
    test(`W1 a visitor reaches a person in one click (${lang}, ${size})`, async ({ browser }) => {
      const server = await startServer();
      try {
        await walk(browser, server, lang, size);
      } finally {
        await server.stop();
      }
    });
  }
}

async function walk(
  browser: Browser,
  server: Running,
  lang: keyof typeof WORDS,
  size: keyof typeof SIZES,
): Promise<void> {
  const w = WORDS[lang];
  const name = (what: string) => `${what}-${lang}-${size}`;
  const open = () => browser.newContext({ locale: w.locale, viewport: SIZES[size] });
  const [visitorSide, agentSide]: BrowserContext[] = [await open(), await open()];
  const problems = [watch(visitorSide), watch(agentSide)];

  const visitor = await visitorSide.newPage();
  await visitor.goto(`${server.url}/?lang=${lang}`);
  await expect(visitor.getByRole("button", { name: w.launcher })).toBeVisible();
  await shoot(visitor, name("shop"));
  await visitor.getByRole("button", { name: w.launcher }).click();
  const panel = visitor.getByRole("dialog");
  const human = panel.getByRole("button", { name: w.human }).first();
  await expect(human).toBeInViewport();
  await say(panel, w.question);
  await expect(panel.getByRole("log")).toContainText(w.question);
  await expect(panel.getByRole("log")).toContainText(w.ai);
  await shoot(visitor, name("widget-bot"));

  const agent = await agentSide.newPage();
  await agent.goto(server.signIn);
  await agent.getByRole("button", { name: w.later }).click();
  await shoot(agent, name("console-empty"));

  await human.click();
  await agent.getByRole("button", { name: w.accept }).first().waitFor();
  await shoot(visitor, name("widget-waiting"));
  await shoot(agent, name("console-offer"));
  await agent.getByRole("button", { name: w.accept }).first().click();
  await expect(agent.getByRole("log")).toContainText(w.question);

  await agent.getByRole("textbox", { name: w.reply }).fill(w.hello);
  await agent.getByRole("textbox", { name: w.reply }).press("Enter");
  await expect(panel.getByRole("log")).toContainText(w.hello);
  await expect(human).toBeInViewport();
  await say(panel, w.thanks);
  await expect(agent.getByRole("log")).toContainText(w.thanks);
  await shoot(visitor, name("widget-human"));
  await shoot(agent, name("console-chat"));

  await visitor.reload();
  await visitor.getByRole("button", { name: w.launcher }).click();
  await expect(panel.getByRole("log")).toContainText(w.hello);

  await agent.getByRole("button", { name: w.resolve }).first().click();
  await agent.getByRole("dialog").getByRole("button", { name: w.resolve }).click();
  await panel.getByRole("button", { name: w.solved, exact: true }).click();
  await expect(panel.getByRole("radio").last()).toBeVisible();
  await expect(human).toBeInViewport();
  await shoot(visitor, name("widget-closed"));
  await shoot(agent, name("console-closed"));

  expect(problems.flat()).toEqual([]);
  await visitorSide.close();
  await agentSide.close();
}

async function say(panel: ReturnType<Page["getByRole"]>, text: string): Promise<void> {
  await panel.getByRole("textbox").fill(text);
  await panel.getByRole("textbox").press("Enter");
}

/** Collects what a page complains about: errors and refusals of its policy. */
function watch(context: BrowserContext): string[] {
  const problems: string[] = [];
  context.on("console", (m) => {
    if (m.type() === "error") problems.push(m.text());
  });
  context.on("weberror", (e) => problems.push(String(e.error())));
  return problems;
}

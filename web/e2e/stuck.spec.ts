// What the router does for who is stuck, as the visitor sees it: help along, a question that takes no
// for an answer, and a person with the reason said.

import { type Browser, expect, type Locator, test } from "@playwright/test";
import { type Lang, openChat, say } from "./chat";
import { openBrowser } from "./console";
import { shoot } from "./pictures";
import { type Running, startServer } from "./server";

const SAYS = {
  zh: {
    unknown: "今天天气如何",
    unknownToo: "讲个笑话吧",
    question: "怎么开发票？",
    angry: "气死我了，什么破机器人",
    refusal: "别让机器人跟我说话",
    larger: "好，用大字",
    no: "不用，先这样",
    yes: "好，请真人来",
    helped: /机器人有一次没能回答您，我们会说得更简单一些/,
    sorry: /给您添麻烦了，很抱歉，要不要请客服人员来帮您/,
    twice: /您问了两次同样的问题/,
    often: /您问了三次同样的问题，我们为您转接客服人员/,
    failed: /机器人有两次没能回答您，我们为您转接客服人员/,
    refused: /您不想和机器人聊，我们为您转接客服人员/,
    inLine: /客服人员暂时都不在/,
  },
  en: {
    unknown: "what is the weather like",
    unknownToo: "tell me a joke",
    question: "How do I return something I bought?",
    angry: "this is ridiculous, useless",
    refusal: "I don't want to talk to a bot",
    larger: "Yes, larger text",
    no: "No, not now",
    yes: "Yes, a person please",
    helped: /could not answer you once, so we/,
    sorry: /sorry for the trouble: would you like a person to help/,
    twice: /asked the same question twice/,
    often: /asked the same question three times, so we are connecting you/,
    failed: /could not answer you twice, so we are connecting you/,
    refused: /so we are connecting you to a person/,
    inLine: /Nobody is here just now/,
  },
};

let server: Running;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.stop());

for (const [lang, size] of [
  ["zh", "phone"],
  ["en", "desktop"],
] as const) {
  const w = SAYS[lang];
  const picture = (what: string) => `stuck-${what}-${lang}`;

  test(`an assist says why and offers larger text, which is not forced (${lang})`, async ({
    browser,
  }) => {
    const { page, panel } = await visitor(browser, lang, size);
    await say(panel, w.unknown);
    await expect(panel.getByRole("log")).toContainText(w.helped);
    await shoot(page, picture("assist"));
    await panel.getByRole("button", { name: w.larger }).click();
    await expect(panel.getByRole("button", { name: w.larger })).toHaveCount(0);
    await expect(panel.getByText(w.inLine)).toHaveCount(0);
  });

  test(`W5 an offer that is declined is not made again, and writing goes on (${lang})`, async ({
    browser,
  }) => {
    const { page, panel } = await visitor(browser, lang, size);
    await say(panel, w.angry);
    await expect(panel.getByText(w.sorry)).toBeVisible();
    await shoot(page, picture("offer"));
    await panel.getByRole("button", { name: w.no }).click();
    const asked = panel.getByRole("button", { name: w.yes });
    await expect(asked).toHaveCount(0);
    await say(panel, w.question);
    await expect(panel.locator(".row.bot .bubble")).toHaveCount(3); // the greeting is the first
    await expect(asked).toHaveCount(0);
    await expect(panel.getByText(w.inLine)).toHaveCount(0);
  });

  test(`W5 an offer that is accepted brings a person (${lang})`, async ({ browser }) => {
    const { panel } = await visitor(browser, lang, size);
    await say(panel, w.angry);
    await panel.getByRole("button", { name: w.yes }).click();
    await expect(panel.getByText(w.inLine)).toBeVisible();
  });

  test(`who asks the same again is asked, then handed over with the reason (${lang})`, async ({
    browser,
  }) => {
    const { page, panel } = await visitor(browser, lang, size);
    const answers = panel.locator(".row.bot .bubble");
    await say(panel, w.question);
    await expect(answers).toHaveCount(2); // the greeting is the first
    await say(panel, w.question);
    await expect(panel.getByText(w.twice).last()).toBeVisible();
    await say(panel, w.question);
    await expect(panel.getByRole("log")).toContainText(w.often);
    await expect(panel.getByText(w.inLine)).toBeVisible();
    await shoot(page, picture("transfer"));
  });

  test(`W4 a bot that fails twice is replaced by a person (${lang})`, async ({ browser }) => {
    const { panel } = await visitor(browser, lang, size);
    await say(panel, w.unknown);
    await expect(panel.getByRole("log")).toContainText(w.helped);
    await say(panel, w.unknownToo);
    await expect(panel.getByRole("log")).toContainText(w.failed);
    await expect(panel.getByText(w.inLine)).toBeVisible();
  });

  test(`W4 who refuses the bot has a person at once (${lang})`, async ({ browser }) => {
    const { panel } = await visitor(browser, lang, size);
    await say(panel, w.refusal);
    await expect(panel.getByRole("log")).toContainText(w.refused);
    await expect(panel.getByText(w.inLine)).toBeVisible();
  });
}

async function visitor(browser: Browser, lang: Lang, size: "phone" | "desktop") {
  const context = await openBrowser(browser, { lang, size }, []);
  const page = await context.newPage();
  await page.goto(`${server.url}/?lang=${lang}`);
  const panel: Locator = await openChat(page, lang);
  return { page, panel };
}

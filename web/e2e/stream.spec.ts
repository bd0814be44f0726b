// A bot whose answers grow: they are shown as the machine's while they are made, and end the moment
// somebody asks for a person.

import { expect, test } from "@playwright/test";
import { axe } from "./axe";
import { openChat, SIZES, say, WORDS } from "./chat";
import { LOOKS } from "./looks";
import { MODEL, type Model, startModel } from "./model";
import { shoot } from "./pictures";
import { type Running, startServer } from "./server";

const SAYS = {
  zh: {
    ask: "退款多久到账？",
    next: "怎么开发票？",
    begin: "退款一般",
    rest: "三天内到账，",
    end: "请您放心。",
  },
  en: {
    ask: "How long does a refund take?",
    next: "How do I get an invoice?",
    begin: "A refund",
    rest: " takes three",
    end: " days.",
  },
};

let model: Model;
let server: Running;
test.beforeAll(async () => {
  model = await startModel();
  server = await startServer("--bot-url", model.url, "--bot-model", MODEL);
});
test.afterAll(async () => {
  await server.stop();
  model.stop();
});

for (const { lang, size, name } of LOOKS) {
  test(`W8 an answer grows on the page, labelled, and is gone with one press (${name})`, async ({
    browser,
  }) => {
    const w = SAYS[lang];
    const { locale, human } = WORDS[lang];
    const page = await browser.newPage({ locale, viewport: SIZES[size] });
    await page.goto(`${server.url}/?lang=${lang}`);
    const panel = await openChat(page, lang);
    const bubbles = panel.locator(".row.bot");
    const last = bubbles.last();

    await say(panel, w.ask);
    let ask = await model.asked();
    ask.say(`[answer] ${w.begin}`);
    await expect(last).toContainText(w.begin);
    // The bot is quicker than the eye; what it says is told three times a second.
    await expect(async () => {
      ask.say(w.rest);
      await expect(last).toContainText(w.rest, { timeout: 400 });
    }).toPass();
    await expect(last.locator(".ai")).toBeVisible();
    await expect(last).toHaveAttribute("aria-hidden", "true");
    await shoot(page, `stream-growing-${name}`);
    expect(await axe(page)).toEqual([]);
    ask.say(w.end);
    ask.end();
    await expect(last).toContainText(w.end);
    await expect(last).not.toHaveAttribute("aria-hidden");
    await expect(bubbles).toHaveCount(2);

    await say(panel, w.next);
    ask = await model.asked();
    ask.say(`[answer] ${w.begin}`);
    await expect(bubbles).toHaveCount(3);
    await panel.getByRole("button", { name: human }).first().click();
    await expect(bubbles).toHaveCount(2);
    const speaking = setInterval(() => ask.say(w.rest), 50);
    await ask.gone; // nobody pays for words that nobody reads
    clearInterval(speaking);
    await expect(bubbles).toHaveCount(2);
    await shoot(page, `stream-person-${name}`);
    await page.close();
  });
}

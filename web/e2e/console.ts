// The console as agents use it.

import {
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { type Lang, openChat, SIZES, say, WORDS } from "./chat";
import type { Running } from "./server";

export const DESK = {
  zh: {
    accept: "接入",
    available: "可接待",
    away: "离开",
    later: "以后再说",
    reply: "回复",
    note: "备注",
    resolve: "结束聊天",
  },
  en: {
    accept: "Accept",
    available: "Available",
    away: "Away",
    later: "Later",
    reply: "Reply",
    note: "Note",
    resolve: "Resolve",
  },
};

/** How a page is opened. */
export interface Look {
  lang: Lang;
  size?: keyof typeof SIZES;
  dark?: boolean;
}

/** Opens a browser of its own; what it complains about is kept in `problems`. */
export async function openBrowser(browser: Browser, look: Look, problems: string[]) {
  const context = await browser.newContext({
    locale: WORDS[look.lang].locale,
    viewport: SIZES[look.size ?? "desktop"],
    colorScheme: look.dark ? "dark" : "light",
    reducedMotion: "reduce",
  });
  context.on("console", (m) => {
    if (m.type() === "error") problems.push(m.text());
  });
  context.on("weberror", (e) => problems.push(String(e.error())));
  return context;
}

/** Signs in by a link and goes to the desk. */
export async function takeSeat(context: BrowserContext, link: string, lang: Lang): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole("button", { name: DESK[lang].later }).click();
  await expect(page.getByRole("radio", { name: DESK[lang].available })).toBeChecked();
  return page;
}

/** A visitor who asks something and then for a person. */
export async function askForPerson(
  context: BrowserContext,
  server: Running,
  lang: Lang,
  words: string,
): Promise<{ page: Page; panel: Locator }> {
  const page = await context.newPage();
  await page.goto(`${server.url}/?lang=${lang}`);
  const panel = await openChat(page, lang);
  await say(panel, words);
  await expect(panel.getByRole("log")).toContainText(words);
  await panel.getByRole("button", { name: WORDS[lang].human }).first().click();
  return { page, panel };
}

/** Accepts the offer at hand and waits for the conversation. */
export async function accept(agent: Page, lang: Lang, words: string): Promise<void> {
  await agent.getByRole("button", { name: DESK[lang].accept, exact: true }).first().click();
  await expect(agent.getByRole("log")).toContainText(words);
}

/** Changes an agent's status. */
export async function setStatus(agent: Page, status: string): Promise<void> {
  await agent
    .getByRole("radio", { name: status })
    .locator("xpath=following-sibling::label")
    .click();
  await expect(agent.getByRole("radio", { name: status })).toBeChecked();
}

/** Writes in the composer, in the mode it is turned to. */
export async function write(agent: Page, label: string, text: string): Promise<void> {
  await agent.getByRole("textbox", { name: label }).fill(text);
  await agent.getByRole("textbox", { name: label }).press("Enter");
  await expect(agent.getByRole("log")).toContainText(text);
}

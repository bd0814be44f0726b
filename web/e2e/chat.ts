// The widget as a visitor uses it.

import type { Locator, Page } from "@playwright/test";

export const WORDS = {
  zh: { locale: "zh-CN", launcher: /客服/, human: /转人工/ },
  en: { locale: "en-US", launcher: /Help/, human: /person/i },
};

/** What a visitor in line reads, whatever the place. */
export const IN_LINE = /第一位|前面还有/;

export type Lang = keyof typeof WORDS;

export const SIZES = {
  phone: { width: 375, height: 720 },
  desktop: { width: 1280, height: 800 },
};

/** Opens the panel, if it is not open. */
export async function openChat(page: Page, lang: Lang = "zh"): Promise<Locator> {
  const panel = page.getByRole("dialog");
  if (!(await panel.isVisible())) {
    await page.getByRole("button", { name: WORDS[lang].launcher }).first().click();
  }
  await panel.waitFor();
  return panel;
}

/** Writes a message and sends it. */
export async function say(panel: Locator, text: string): Promise<void> {
  await panel.getByRole("textbox").fill(text);
  await panel.getByRole("textbox").press("Enter");
}

/** The visitor's own texts that stand in the log, in their order. */
export function ownTexts(panel: Locator): Promise<string[]> {
  return panel.locator(".row.visitor .bubble").allTextContents();
}

/** The session that the browser holds for the demo site. */
export function sessionOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const saved = JSON.parse(localStorage.getItem("yijian:demo:session") ?? "{}");
    return String(saved.token ?? "").split(".")[0] ?? "";
  });
}

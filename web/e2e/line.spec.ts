// What a visitor in line hears and can do instead of waiting: a closed desk, a long line, a call.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type Lang, openChat, SIZES, WORDS } from "./chat";
import { LOOKS } from "./looks";
import { shoot } from "./pictures";
import { startServer } from "./server";

const SAID = {
  zh: {
    closed: /没有客服人员值班/,
    opens: /下次上班：/,
    number: /您的编号是 \d{4} \d{4}/,
    ask: "请打电话给我",
    phone: "您的电话号码",
    send: "好，请打给我",
    bad: /号码打不通/,
    soon: /轮到您时，我们会打给您：\+86/,
    later: /之后打给您/,
    change: "改号码或时间",
    when: "什么时候打",
    cancel: "不打了，我在这里等",
  },
  en: {
    closed: /Nobody is on duty/,
    opens: /We are back on/,
    number: /Your number is \d{4} \d{4}/,
    ask: "Call me instead",
    phone: "Your phone number",
    send: "Yes, call me",
    bad: /cannot be a telephone number/,
    soon: /call you when it is your turn: \+86/,
    later: /We will call you after/,
    change: "Change number or time",
    when: "When to call",
    cancel: "No call, I wait here",
  },
};

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Settings of a desk that is closed today and opens in two days, wherever the machine is. */
function closedDesk(): { file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "yijian-line-"));
  const file = join(folder, "yijian.yaml");
  const day = DAYS[(new Date().getUTCDay() + 2) % 7];
  writeFileSync(
    file,
    `queues:
  - name: general
    open: ['${day} 09:00-18:00']
    zone: UTC
`,
  );
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

for (const { lang, size } of LOOKS) {
  test(`W22 a closed desk says when it opens, and calls back (${lang}, ${size})`, async ({
    browser,
  }) => {
    const w = SAID[lang];
    const desk = closedDesk();
    const server = await startServer("--config", desk.file);
    const context = await browser.newContext({
      locale: WORDS[lang].locale,
      viewport: SIZES[size],
    });
    try {
      const page = await context.newPage();
      await page.goto(`${server.url}/?lang=${lang}`);
      const panel = await openChat(page, lang);
      const human = panel.getByRole("button", { name: WORDS[lang].human }).first();
      await human.click();
      await expect(panel.getByText(w.closed)).toBeVisible();
      await expect(panel.getByText(w.opens)).toBeVisible();
      await expect(panel.getByText(w.number)).toBeVisible();
      await shoot(page, `line-closed-${lang}-${size}`);

      await panel.getByRole("button", { name: w.ask }).click();
      await panel.getByLabel(w.phone).fill("12");
      await shoot(page, `line-call-${lang}-${size}`);
      await panel.getByRole("button", { name: w.send }).click();
      await expect(panel.getByText(w.bad)).toBeVisible();
      await expect(panel.getByLabel(w.phone)).toHaveValue("12");
      await panel.getByLabel(w.phone).fill("138 0000 0000");
      await panel.getByLabel(w.phone).press("Enter");
      await expect(panel.getByText(w.soon)).toBeVisible();
      await expect(panel.getByLabel(w.phone)).toBeHidden();
      await expect(panel.getByText(w.bad)).toBeHidden();
      await expect(human).toBeInViewport();
      await shoot(page, `line-called-${lang}-${size}`);

      await page.reload();
      await openChat(page, lang);
      await expect(panel.getByText(w.soon)).toBeVisible();
      await panel.getByRole("button", { name: w.change }).click();
      await panel.getByLabel(w.phone).fill("13900000000");
      await panel.getByLabel(w.when).selectOption({ index: 2 });
      await panel.getByRole("button", { name: w.send }).click();
      await expect(panel.getByText(w.later)).toBeVisible();
      await expect(panel.getByText(w.number)).toBeVisible();
      await shoot(page, `line-later-${lang}-${size}`);

      await panel.getByRole("button", { name: w.cancel }).click();
      await expect(panel.getByText(w.closed)).toBeVisible();
      await expect(panel.getByRole("button", { name: w.ask })).toBeVisible();
    } finally {
      await context.close();
      await server.stop();
      desk.remove();
    }
  });
}

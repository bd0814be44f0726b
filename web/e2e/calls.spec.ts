// Calls: a visitor leaves a number, an agent finds it on the list, takes it, and closes it with what
// came of it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { axe } from "./axe";
import type { Lang } from "./chat";
import { askForPerson, DESK, openBrowser, setStatus, takeSeat } from "./console";
import { LOOKS } from "./looks";
import { shoot } from "./pictures";
import { startServer } from "./server";

const SAYS = {
  zh: {
    question: "我的退款什么时候到？",
    call: "请打电话给我",
    phone: "您的电话号码",
    when: "什么时候打",
    send: "好，请打给我",
    later: /之后打给您/,
    calls: "回电",
    take: "我来打",
    number: /编号 \d{4} \d{4}/,
    strip: "通话结束",
    asked: /访客请求回电 · \+86 138 0013 8000/,
    outcome: "打通了，还要跟进",
    note: "补充说明（可不写）",
    said: "明天十点再打。",
    save: "保存并结束",
    ended: /聊天结束/,
    nobody: /现在没有要回电的访客/,
    wrap: "整理备注的时间",
    left: /还剩/,
    ready: "现在就继续接待",
    team: "同事",
    free: /人可接待/,
    keys: "键盘快捷键",
  },
  en: {
    question: "When does my refund arrive?",
    call: "Call me instead",
    phone: "Your phone number",
    when: "When to call",
    send: "Yes, call me",
    later: /We will call you after/,
    calls: "Calls",
    take: "I call",
    number: /No. \d{4} \d{4}/,
    strip: "Call is over",
    asked: /The visitor asks to be called · \+86 138 0013 8000/,
    outcome: "Reached, more to do",
    note: "More to say (optional)",
    said: "Call again tomorrow at ten.",
    save: "Save and resolve",
    ended: /Chat ended/,
    nobody: /Nobody is to be called/,
    wrap: "Time for notes",
    left: /left/,
    ready: "Take chats again now",
    team: "Team",
    free: /room for/,
    keys: "Keyboard shortcuts",
  },
};

/** A desk that is open now, with time for notes after a chat. */
const QUEUES = `queues:
  - name: general
    wrap_up: 10m
    open: ['mon-sun 00:00-24:00']
    zone: UTC
`;

for (const { lang, size } of LOOKS) {
  const dark = size === "phone";
  const w = SAYS[lang];
  const name = (what: string) => `calls-${what}-${lang}-${size}`;

  test(`W22 a call is taken from the list and closed (${lang}, ${size})`, async ({ browser }) => {
    test.slow();
    const folder = mkdtempSync(join(tmpdir(), "yijian-calls-"));
    const config = join(folder, "yijian.yaml");
    writeFileSync(config, QUEUES);
    const server = await startServer("--config", config);
    const problems: string[] = [];
    const open = () => openBrowser(browser, { lang, size, dark }, problems);
    try {
      const ann = await takeSeat(await open(), server.addUser("ann", "--name", "ann"), lang);
      await setStatus(ann, DESK[lang].away);
      const { panel } = await askForPerson(await open(), server, lang, w.question);
      await panel.getByRole("button", { name: w.call }).click();
      await panel.getByLabel(w.phone).fill("138 0013 8000");
      await panel.getByLabel(w.when).selectOption({ index: 2 });
      await panel.getByRole("button", { name: w.send }).click();
      await expect(panel.getByText(w.later)).toBeVisible();
      await setStatus(ann, DESK[lang].available);

      await ann.keyboard.press("2");
      const card = ann.getByRole("article", { name: "+86 138 0013 8000" });
      await expect(card).toContainText(w.number);
      await expect(card).toContainText(w.question);
      expect(await axe(ann)).toEqual([]);
      await shoot(ann, name("list"));
      await card.getByRole("button", { name: w.take }).click();

      await expect(ann.getByRole("link", { name: "+86 138 0013 8000" })).toHaveAttribute(
        "href",
        "tel:+8613800138000",
      );
      await expect(ann.getByRole("log")).toContainText(w.asked);
      expect(await axe(ann)).toEqual([]);
      await shoot(ann, name("chat"));
      await ann.getByRole("button", { name: w.strip }).click();
      await ann.getByRole("radio", { name: w.outcome }).check();
      await ann.getByRole("textbox", { name: w.note }).fill(w.said);
      expect(await axe(ann)).toEqual([]);
      await shoot(ann, name("outcome"));
      await ann.getByRole("button", { name: w.save }).click();
      await expect(ann.getByRole("log")).toContainText(w.outcome);
      await expect(ann.getByRole("log")).toContainText(w.said);
      await expect(ann.getByRole("log")).toContainText(w.ended);
      await expect(panel.getByRole("log")).not.toContainText(w.said);

      await ann.keyboard.press("2");
      await expect(ann.getByText(w.nobody)).toBeVisible();
      await expect(ann.getByText(w.wrap)).toBeVisible();
      await expect(ann.getByRole("timer")).toHaveText(w.left);
      expect(await axe(ann)).toEqual([]);
      await shoot(ann, name("wrap-up"));
      await ann.getByRole("button", { name: w.ready }).click();
      await expect(ann.getByText(w.wrap)).toBeHidden();
      await expect(ann.getByRole("radio", { name: DESK[lang].available })).toBeChecked();

      await ann.keyboard.press("3");
      await expect(ann.getByText(w.free)).toBeVisible();
      await ann.keyboard.press("?");
      await expect(ann.getByRole("dialog", { name: w.keys })).toBeVisible();
      expect(await axe(ann)).toEqual([]);
      await shoot(ann, name("keys"));
      expect(problems).toEqual([]);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

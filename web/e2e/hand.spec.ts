// Chats that change hands: transferred by keyboard alone, refused where nobody is, asked about.

import { expect, type Page, test } from "@playwright/test";
import { axe } from "./axe";
import { accept, askForPerson, DESK, openBrowser, setStatus, takeSeat, write } from "./console";
import { shoot } from "./pictures";
import { type Running, startServer } from "./server";

const SAYS = {
  zh: {
    question: "我买的东西想退货怎么办？",
    transfer: "转交",
    title: "转交这个聊天",
    text: /给同事的备注/,
    keeps: /保留原来的排队时间/,
    note: "请退手续费 <b>不是</b>运费。",
    handed: /ann 转交给 bob，访客保留排队时间/,
    refused: "这位同事现在不在，没有转出。请换一位同事，或转到队列。",
    consult: "请教一位同事",
    ask: /想问什么/,
    asked: "这种情况可以退手续费吗？",
    asks: /ann 请你帮忙看一个聊天/,
    look: "去看看",
    answer: "可以退。",
    left: "刚离开的",
    line: /一位访客|转交给投诉与申诉队列|转交给综合队列/,
  },
  en: {
    question: "How do I return something I bought?",
    transfer: "Transfer",
    title: "Transfer this chat",
    text: /Note for the colleague/,
    keeps: /keeps the arrival time/,
    note: "Refund the <b>fee</b>, not the postage.",
    handed: /ann transferred it to bob; the visitor keeps the arrival time/,
    refused: /That colleague is not there now, so nothing was handed on/,
    consult: "Ask a colleague",
    ask: /Your question/,
    asked: "May I refund the fee in this case?",
    asks: /ann asks for your help/,
    look: "Have a look",
    answer: "Yes, you may.",
    left: "Just left",
    line: /transferred it to General/,
  },
};

for (const lang of ["zh", "en"] as const) {
  const w = SAYS[lang];
  const name = (what: string) => `desk-${what}-${lang}`;

  test.describe(`two agents (${lang})`, () => {
    let server: Running;
    test.beforeAll(async () => {
      server = await startServer();
    });
    test.afterAll(() => server.stop());

    test(`A2 a chat changes hands with a note, by keyboard alone (${lang})`, async ({
      browser,
    }) => {
      test.slow();
      const problems: string[] = [];
      const open = (dark = false) => openBrowser(browser, { lang, dark }, problems);
      const seat = async (login: string, dark = false) => {
        const link = server.addUser(login, "--name", login);
        return takeSeat(await open(dark), link, lang);
      };
      const ann = await seat("ann");
      const { panel } = await askForPerson(await open(), server, lang, w.question);
      await accept(ann, lang, w.question);
      const bob = await seat("bob", true);

      await test.step("a colleague who has just gone is refused in a sentence, the note kept", async () => {
        await press(ann, "t", "dialog");
        const dialog = ann.getByRole("dialog", { name: w.title });
        await expect(dialog.getByRole("option", { name: /bob/ })).toBeVisible();
        expect(await axe(ann)).toEqual([]);
        await shoot(ann, name("transfer-list"));
        await ann.keyboard.type("bo");
        await expect(dialog.getByRole("option")).toHaveCount(1);
        await ann.keyboard.press("Enter");
        await expect(dialog.getByText(w.keeps)).toBeVisible();
        await ann.keyboard.type(w.note);
        await setStatus(bob, DESK[lang].away);
        await ann.keyboard.press("Enter");
        await expect(dialog.getByRole("alert")).toHaveText(w.refused);
        await expect(dialog.getByRole("textbox", { name: w.text })).toHaveValue(w.note);
        expect(await axe(ann)).toEqual([]);
        await shoot(ann, name("transfer-refused"));
        await ann.keyboard.press("Escape");
        await expect(dialog).toBeHidden();
        await write(ann, DESK[lang].reply, "1");
      });

      await test.step("a colleague who is there gets the chat, with the note and the words", async () => {
        await setStatus(bob, DESK[lang].available);
        await ann.keyboard.press("Escape"); // out of the composer
        await press(ann, "t", "dialog");
        await ann.keyboard.type("bob");
        const dialog = ann.getByRole("dialog", { name: w.title });
        await expect(dialog.getByRole("option", { name: /bob/, disabled: false })).toBeVisible();
        await ann.keyboard.press("Enter");
        await expect(dialog.getByRole("textbox", { name: w.text })).toHaveValue(w.note);
        await ann.keyboard.press("Enter");
        await expect(dialog).toBeHidden();
        await expect(ann.getByRole("log")).toContainText(w.handed);
        await expect(ann.getByRole("region", { name: w.left })).toBeVisible();
        await expect(bob.getByRole("button", { name: DESK[lang].accept })).toBeVisible();
        await shoot(bob, name("transfer-offer-dark"));
        await bob.keyboard.press("a");
        await expect(bob.getByRole("log")).toContainText(w.question);
        await expect(bob.getByRole("log")).toContainText(w.note);
        await write(bob, DESK[lang].reply, "2");
        await expect(panel.getByRole("log")).toContainText("2");
        await expect(panel.getByRole("log")).not.toContainText(w.note);
        expect(await axe(bob)).toEqual([]);
        await shoot(bob, name("transfer-taken-dark"));
      });

      await test.step("a colleague who is asked reads along and answers with a note", async () => {
        await bob.keyboard.press("Escape");
        await press(bob, "c", "dialog");
        const dialog = bob.getByRole("dialog", { name: w.consult });
        await expect(dialog.getByRole("option", { name: /ann/ })).toBeVisible();
        await bob.keyboard.press("Enter");
        await bob.keyboard.type(w.asked);
        await shoot(bob, name("consult-dark"));
        await bob.keyboard.press("Enter");
        await expect(dialog).toBeHidden();
        const card = ann.getByRole("article").filter({ hasText: /bob/ });
        await expect(card).toBeVisible();
        await shoot(ann, name("consult-card"));
        await card.getByRole("button", { name: w.look }).click();
        await expect(ann.getByRole("log")).toContainText(w.asked);
        await expect(ann.getByRole("textbox", { name: DESK[lang].reply })).toHaveCount(0);
        await write(ann, DESK[lang].note, w.answer);
        expect(await axe(ann)).toEqual([]);
        await shoot(ann, name("consult-guest"));
        await expect(bob.getByRole("log")).toContainText(w.answer);
        await expect(panel.getByRole("log")).not.toContainText(w.answer);
        await expect(panel.getByRole("log")).not.toContainText(w.asked);
      });
      expect(problems).toEqual([]);
    });
  });
}

/** Presses a single key and waits for what it opens. */
async function press(page: Page, key: string, role: "dialog"): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.getByRole(role)).toBeVisible();
}

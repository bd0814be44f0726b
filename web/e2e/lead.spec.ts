// A lead who watches, whispers unseen, joins in sight of the visitor, and takes over.

import { expect, test } from "@playwright/test";
import { axe } from "./axe";
import { accept, askForPerson, DESK, openBrowser, takeSeat, write } from "./console";
import { shoot } from "./pictures";
import { startServer } from "./server";

const SAYS = {
  zh: {
    question: "我的钱被多扣了，怎么办？",
    visitor: /访客 [0-9A-F]{4}/,
    watch: /^旁观/,
    unseen: /由 ann 接待。你在旁观/,
    whisper: "悄悄话",
    quiet: "可以先退差价。",
    join: "加入聊天",
    leave: "退出聊天",
    joined: /zoe 已加入/,
    both: "您好，我也在这里帮您。",
    takeOver: "由我接手",
    taken: /zoe 接手这个聊天/,
    visitorSees: /zoe/,
    left: "刚离开的",
  },
  en: {
    question: "I was charged twice, what now?",
    visitor: /Visitor [0-9A-F]{4}/,
    watch: /^Watch/,
    unseen: /ann answers. Nobody sees that you watch/,
    whisper: "Whisper",
    quiet: "Refund the difference first.",
    join: "Join",
    leave: "Leave",
    joined: /zoe has joined/,
    both: "Hello, I am here to help as well.",
    takeOver: "Take over",
    taken: /zoe takes the chat over/,
    visitorSees: /zoe/,
    left: "Just left",
  },
};

for (const lang of ["zh", "en"] as const) {
  const w = SAYS[lang];
  const name = (what: string) => `lead-${what}-${lang}`;

  test(`a lead watches, whispers, joins and takes over (${lang})`, async ({ browser }) => {
    test.slow();
    const problems: string[] = [];
    const server = await startServer();
    const open = (dark = false) => openBrowser(browser, { lang, dark }, problems);
    try {
      const ann = await takeSeat(await open(), server.addUser("ann", "--name", "ann"), lang);
      const { panel } = await askForPerson(await open(), server, lang, w.question);
      await accept(ann, lang, w.question);
      const link = server.addUser("zoe", "--name", "zoe", "--role", "lead");
      const zoe = await takeSeat(await open(lang === "en"), link, lang);

      await test.step("the team shows who answers what", async () => {
        await zoe.keyboard.press("3");
        await expect(zoe.getByRole("article", { name: "ann" })).toContainText(w.visitor);
        expect(await axe(zoe)).toEqual([]);
        await shoot(zoe, name("team"));
        await zoe.getByRole("button", { name: w.watch }).click();
        await expect(zoe.getByRole("log")).toContainText(w.question);
        await expect(zoe.getByText(w.unseen)).toBeVisible();
      });

      await test.step("a whisper reaches the agent and never the visitor", async () => {
        await zoe.keyboard.press("w");
        await write(zoe, w.whisper, w.quiet);
        await expect(ann.getByRole("log")).toContainText(w.quiet);
        await write(ann, DESK[lang].reply, "3");
        await expect(panel.getByRole("log")).toContainText("3");
        await expect(panel.getByRole("log")).not.toContainText(w.quiet);
        expect(await axe(zoe)).toEqual([]);
        await shoot(zoe, name("watching"));
        await shoot(ann, name("whispered"));
      });

      await test.step("who joins is seen by both, and writes to the visitor", async () => {
        await zoe.getByRole("button", { name: w.join, exact: true }).click();
        await expect(panel.getByRole("log")).toContainText(w.visitorSees);
        await expect(ann.getByText(w.joined).first()).toBeVisible();
        await zoe.keyboard.press("r"); // the composer stays what it was until told
        await write(zoe, DESK[lang].reply, w.both);
        await expect(panel.getByRole("log")).toContainText(w.both);
        await expect(panel.getByRole("log")).not.toContainText(w.quiet);
        await shoot(zoe, name("joined"));
        await zoe.getByRole("button", { name: w.leave, exact: true }).click();
        await expect(zoe.getByRole("textbox", { name: DESK[lang].reply })).toHaveCount(0);
      });

      await test.step("who takes over answers alone", async () => {
        await zoe.keyboard.press("Escape");
        await zoe.keyboard.press("o");
        const dialog = zoe.getByRole("dialog");
        await expect(dialog).toBeVisible();
        await shoot(zoe, name("takeover"));
        await zoe.keyboard.press("Enter");
        await write(zoe, DESK[lang].reply, "4");
        await expect(panel.getByRole("log")).toContainText("4");
        await expect(ann.getByRole("log")).toContainText(w.taken);
        await expect(ann.getByRole("region", { name: w.left })).toBeVisible();
        await expect(ann.getByRole("textbox", { name: DESK[lang].reply })).toHaveCount(0);
        await shoot(ann, name("lost"));
      });
      expect(problems).toEqual([]);
    } finally {
      await server.stop();
    }
  });
}

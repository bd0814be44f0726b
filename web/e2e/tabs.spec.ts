// One visitor, three tabs, reloaded again and again while messages are sent: nothing is lost, nothing
// comes twice, and all of it is one session. RELOADS=200 is the whole of it.

import { expect, type Page, test } from "@playwright/test";
import { openChat, ownTexts, say, sessionOf } from "./chat";
import { type Running, startServer } from "./server";

const RELOADS = Number(process.env.RELOADS ?? 12);
const TABS = 3;

let server: Running;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.stop());

test(`W17 ${RELOADS} reloads over ${TABS} tabs lose nothing and double nothing, in one session`, async ({
  browser,
}) => {
  test.setTimeout(120_000 + RELOADS * 4_000);
  const context = await browser.newContext({ locale: "zh-CN" });
  const begun = new Set<string>();
  const tabs = await Promise.all(Array.from({ length: TABS }, () => context.newPage()));
  for (const tab of tabs) watchSessions(tab, begun);
  // All of them open the chat at the same moment, with nothing stored.
  await Promise.all(tabs.map((tab) => tab.goto(server.url)));
  await Promise.all(tabs.map((tab) => openChat(tab)));

  const sent: string[] = [];
  for (let round = 0; round < RELOADS; round += 1) {
    const tab = tabs[round % TABS] as Page;
    const text = `第 ${round + 1} 句`;
    await say(await openChat(tab), text);
    sent.push(text);
    // Not waiting for any answer: the reload comes while the message is on its way.
    await tab.reload();
  }

  for (const tab of tabs) {
    const panel = await openChat(tab);
    const last = panel.locator(".row.visitor .bubble").last();
    await expect(last).toHaveText(String(sent.at(-1)), { timeout: 90_000 });
    await expect(panel.locator(".mark:visible")).toHaveCount(0, { timeout: 90_000 });
    const texts = await ownTexts(panel);
    expect(texts).toHaveLength(new Set(texts).size);
  }
  const stored = await wholeLog(tabs[0] as Page);
  expect(stored.toSorted()).toEqual(sent.toSorted());
  expect([...begun]).toHaveLength(1);
  expect(await sessionOf(tabs[0] as Page)).toBe([...begun][0]);
  await context.close();
});

/** Notes every session that a tab is welcomed to. */
function watchSessions(tab: Page, begun: Set<string>): void {
  tab.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      const frame = JSON.parse(String(payload));
      if (frame.t === "welcome") begun.add(frame.session);
    });
  });
}

/** The visitor's texts in the log, paged from its end to its beginning over a socket of its own. */
function wholeLog(tab: Page): Promise<string[]> {
  return tab.evaluate(
    () =>
      new Promise<string[]>((done, failed) => {
        const { token } = JSON.parse(localStorage.getItem("yijian:demo:session") ?? "{}");
        const socket = new WebSocket(`ws://${location.host}/v1/visitor`, "yijian.v1");
        const texts: string[] = [];
        const send = (frame: object) => socket.send(JSON.stringify(frame));
        socket.onclose = () => failed(new Error("closed"));
        socket.onopen = () => send({ t: "hello", site: "demo", lang: "zh-CN", token });
        socket.onmessage = ({ data }) => {
          const frame = JSON.parse(data);
          if (frame.t === "welcome") send({ t: "history", before: frame.seq + 1 });
          if (frame.t !== "history") return;
          for (const event of frame.events) {
            if (event.kind === "message" && event.from === "visitor") texts.push(event.text);
          }
          if (frame.more) send({ t: "history", before: frame.next });
          else done(texts);
        };
      }),
  );
}

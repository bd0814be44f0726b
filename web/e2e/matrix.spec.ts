// Every state × {zh, en} × {normal, large, dark} × four widths, on the story page: what axe and a ruler
// find. One page a look, so that the whole takes seconds a look and not minutes.

import { expect, test } from "@playwright/test";
import { axe } from "./axe";
import { BARS, measure } from "./measure";
import { ALL_WIDTHS, everyStory, LOOKS, openStories, play } from "./stories";

for (const look of LOOKS) {
  const large = look.mode === "large";

  test(`W12 axe finds nothing in any state (${look.lang}, ${look.mode})`, async ({ browser }) => {
    test.setTimeout(300_000);
    const page = await openStories(browser);
    const found: string[] = [];
    // Every state once in each look; half of them on a phone, the others beside the page.
    await everyStory(page, look, [375, 1280], async (name, width, nth) => {
      if (nth % 2 === Number(width === 375)) return;
      for (const line of await axe(page, large)) found.push(`${name} at ${width}: ${line}`);
    });
    expect(found).toEqual([]);
    await page.context().close();
  });

  test(`W1 W9 W10 W13 text, targets and room in every state (${look.lang}, ${look.mode})`, async ({
    browser,
  }) => {
    test.setTimeout(300_000);
    const page = await openStories(browser);
    const found: string[] = [];
    await everyStory(page, look, ALL_WIDTHS, async (name, width) => {
      const lines = await measure(page, large ? BARS.large : BARS.usual);
      for (const line of lines) found.push(`${name} at ${width}: ${line}`);
    });
    expect(found).toEqual([]);
    await page.context().close();
  });
}

test("W12 axe sees a planted violation inside the shadow root, and frames it cannot enter", async ({
  browser,
}) => {
  const page = await openStories(browser);
  await play(page, "greeting", { lang: "zh-CN", mode: "normal" });
  expect(await axe(page)).toEqual([]);
  await page.evaluate(() => {
    const planted = document.createElement("button");
    document.querySelector("yijian-chat")?.shadowRoot?.querySelector(".log")?.append(planted);
  });
  expect((await axe(page)).join()).toContain("button-name: yijian-chat");
  await page.context().close();
});

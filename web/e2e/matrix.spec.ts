// Every state × {zh, en} × {normal, large, dark} × four widths, on the story page: what axe and a ruler
// find. `make matrix` looks at all of it; `make test` at every state in two of its looks, spread so that
// each look and each width has its share.

import { expect, test } from "@playwright/test";
import { axe } from "./axe";
import { BARS, measure } from "./measure";
import { ALL_WIDTHS, everyStory, LOOKS, MODES, openStories, play, type Width } from "./stories";

const ALL = Boolean(process.env.E2E_ALL);

/** Whether the nth state is looked at in the nth look at this width. */
function isWanted(nth: number, look: number, width: Width): boolean {
  if (ALL) return true;
  return (
    nth % MODES.length === look % MODES.length && (nth + look) % 4 === ALL_WIDTHS.indexOf(width)
  );
}

for (const [nthLook, look] of LOOKS.entries()) {
  test(`W1 W9 W10 W11 W12 W13 axe and a ruler find nothing in any state (${look.lang}, ${look.mode})`, async ({
    browser,
  }) => {
    test.setTimeout(ALL ? 900_000 : 120_000);
    const large = look.mode === "large";
    const page = await openStories(browser);
    const found: string[] = [];
    const wanted = (_: string, width: Width, nth: number) => isWanted(nth, nthLook, width);
    await everyStory(page, { look, wanted }, async (name, width) => {
      const lines = await measure(page, large ? BARS.large : BARS.usual);
      lines.push(...(await axe(page, large)));
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
  await page.evaluate(() => {
    const frame = document.createElement("iframe");
    frame.title = "a page of somebody else";
    frame.src = "data:text/html,<button></button>";
    document.body.append(frame);
    return new Promise((done) => {
      frame.onload = done;
    });
  });
  expect((await axe(page)).join()).toContain("frame-tested");
  await page.context().close();
});

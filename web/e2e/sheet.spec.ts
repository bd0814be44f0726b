// `make screenshots` leaves a contact sheet: every state × {zh-CN, en} × {normal, large, dark} × four widths,
// as pictures and as screenshots/stories/index.html. Nothing is asserted, so make test leaves it out.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@playwright/test";
import { everyStory, LOOKS, openStories } from "./stories";

const { SCREENSHOTS } = process.env;

test.describe("contact sheet", () => {
  test.skip(!SCREENSHOTS, "run it with make screenshots");

  test("of every state", async ({ browser }) => {
    test.setTimeout(1_200_000);
    const folder = join(SCREENSHOTS ?? "", "stories");
    mkdirSync(folder, { recursive: true });
    const page = await openStories(browser);
    const sections: string[] = [];
    for (const look of LOOKS) {
      await everyStory(page, { look }, async (name, width, nth) => {
        const file = `${name}-${look.lang}-${look.mode}-${width}.png`;
        await page.screenshot({ path: join(folder, file) });
        if (nth === 0) sections.push(`<h2>${look.lang}, ${look.mode}, ${width} px</h2>`);
        sections.push(
          `<figure><img loading="lazy" src="${file}" width="${width / 2}" alt=""><figcaption>${name}</figcaption></figure>`,
        );
      });
    }
    const style = "body{font:14px sans-serif}figure{display:inline-block;margin:4px}";
    const html = `<!doctype html><meta charset="utf-8"><title>Stories</title><style>${style}</style>${sections.join("\n")}`;
    writeFileSync(join(folder, "index.html"), html);
    await page.context().close();
  });
});

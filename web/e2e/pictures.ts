// Leaves pictures of the pages for eyes to look at: in bin/screenshots, or where `make screenshots`
// asks for them.

import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";

const folder = process.env.SCREENSHOTS ?? resolve(__dirname, "../../bin/screenshots");

export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

// Leaves a picture of a page where `make screenshots` asks for them, for eyes to look at.

import { join } from "node:path";
import type { Page } from "@playwright/test";

export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}

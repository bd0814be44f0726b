// axe on a page, with the rules of our bar and without its blind spots: it sees nothing in a closed
// shadow root or in a frame it could not enter, and would report that nothing is wrong.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const SOURCE = readFileSync(resolve(__dirname, "../ui/node_modules/axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is wrong, a line each: rule, element and why. Contrast of 7:1 is asked of the large mode. */
export async function axe(page: Page, enhanced = false): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(SOURCE);
  const options: RunOptions = {
    runOnly: { type: "tag", values: TAGS },
    rules: { "target-size": { enabled: true }, "color-contrast-enhanced": { enabled: enhanced } },
    resultTypes: ["violations", "incomplete"],
  };
  const results = await page.evaluate(
    (o) => (window as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run(o),
    options,
  );
  const blind = results.incomplete.filter(({ id }) => id === "frame-tested");
  return [...results.violations, ...blind].flatMap(({ id, nodes }) =>
    nodes.map(
      (n) => `${id}: ${n.target.flat().join(" ")}: ${n.failureSummary?.split("\n")[1]?.trim()}`,
    ),
  );
}

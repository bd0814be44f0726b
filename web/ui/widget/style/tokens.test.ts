// The colours as numbers: every pair that stands on one another, in all four dresses (W11).

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const read = (name: string) => readFile(new URL(name, import.meta.url), "utf8");
const css = (await read("tokens.css")) + (await read("../later/ease/large.css"));
type Colours = Record<string, string>;

function colours(text: string): Colours {
  return Object.fromEntries(
    [...text.matchAll(/--yj-([\w-]+): (#[0-9a-f]+);/g)].map(([, name, hex]) => [name, hex]),
  );
}

/** The blocks in the order of the file: light, dark, light with contrast, dark with contrast. */
const [light = {}, dark = {}, lightMore = {}, darkMore = {}] = css
  .split(/:host \{|\.panel\[data-contrast\] \{/)
  .slice(1)
  .map(colours);

const DRESSES: [string, Colours, number][] = [
  ["light", light, 4.5],
  ["dark", { ...light, ...dark }, 4.5],
  ["light, more contrast", { ...light, ...lightMore }, 7],
  ["dark, more contrast", { ...light, ...dark, ...lightMore, ...darkMore }, 7],
];

const TEXTS = [
  ...["paper", "surface", "line", "mine", "person", "lost"].map((ground) => ["ink", ground]),
  ...["paper", "surface"].flatMap((ground) => [
    ["soft", ground],
    ["link", ground],
    ["bad", ground],
  ]),
  ["link", "person"],
  ["link", "mine"],
  ["white", "brand"],
  ["on-call", "call"],
];

/** Lines and rings: 3:1 is enough, in every dress. */
const LINES = [
  ["edge", "paper"],
  ["edge", "surface"],
  ["focus", "paper"],
  ["focus", "surface"],
  ["white", "brand"],
];

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

const short = (pairs: string[][], all: Colours, least: number) =>
  pairs.flatMap(([text = "", ground = ""]) => {
    const ratio = contrast(
      text === "white" ? "#fff" : (all[text] ?? "#000"),
      all[ground] ?? "#000",
    );
    return ratio < least ? [`${text} on ${ground}: ${ratio.toFixed(2)}`] : [];
  });

test.each(DRESSES)("W11 %s: every text stands out", (_, all, least) => {
  expect(Object.keys(all).length).toBeGreaterThan(14);
  expect(short(TEXTS, all, least)).toEqual([]);
});

test.each(DRESSES)("W11 %s: so does every line that can be pressed", (_, all) => {
  expect(short(LINES, all, 3)).toEqual([]);
});

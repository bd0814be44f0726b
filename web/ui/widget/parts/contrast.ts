// A site chooses the colour behind white words. One on which they cannot be read is darkened just enough.

const WHITE_ON = 4.5;
const STEP = 0.96;

/** The colour, or the nearest darker one that carries white text; "" for what is no #rgb or #rrggbb. */
export function readable(color: string): string {
  const wanted = parse(color);
  if (!wanted) {
    warn(`"${color}" is no colour that is understood; write #rrggbb.`);
    return "";
  }
  let rgb = wanted;
  while (onWhite(rgb) < WHITE_ON) rgb = rgb.map((part) => Math.floor(part * STEP));
  if (rgb === wanted) return color;
  const hex = `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  warn(`White words cannot be read on ${color}; ${hex} is used instead.`);
  return hex;
}

/** The contrast of white against a colour, as WCAG 2 reckons it: 1 to 21. */
export function onWhite(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}

function parse(color: string): number[] | null {
  const long = color.replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");
  return /^#[\da-f]{6}$/i.test(long)
    ? [1, 3, 5].map((at) => Number.parseInt(long.slice(at, at + 2), 16))
    : null;
}

function warn(text: string): void {
  // biome-ignore lint/suspicious/noConsole: it is the page's author who has to know
  console.warn(`Yijian: ${text}`);
}

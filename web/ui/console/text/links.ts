/** A piece of a text: plain words, or a web address that may be opened. */
export type Piece = { text: string; href?: string };

const address = /https?:\/\/[^\s<>"'`，。、；：？！（）【】《》“”‘’]+/gi;
const tail = /[.,;:!?)\]}*_~]+$/;

/**
 * Splits a text at its web addresses. Only http and https become links; an address that carries a
 * user name ("https://bank.example@evil.example") stays text, because it misleads.
 */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const shown = trimmed(match[0]);
    const href = hrefOf(shown);
    if (!href) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: shown, href });
    end = match.index + shown.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

/** Drops the punctuation of the sentence around an address, but keeps a bracket it opened itself. */
function trimmed(found: string): string {
  const cut = found.replace(tail, "");
  return cut.includes("(") && found[cut.length] === ")" ? `${cut})` : cut;
}

function hrefOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const web = url.protocol === "http:" || url.protocol === "https:";
  return web && !url.username && !url.password ? url.href : undefined;
}

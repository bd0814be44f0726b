/** How much of a long text is shown before somebody asks for the rest. */
const MAX_CHARS = 1200;
const MAX_LINES = 24;

/** The beginning of a text that is too long to show at once; the text itself if it is not. */
export function beginning(text: string): string {
  const lines = text.split("\n", MAX_LINES + 1);
  const head = lines.length > MAX_LINES ? lines.slice(0, MAX_LINES).join("\n") : text;
  return head.length > MAX_CHARS ? [...head.slice(0, MAX_CHARS)].join("").trimEnd() : head;
}

/** By about how many characters a text is over a limit that is counted in bytes; 0 if it fits. */
export function charsOver(text: string, limitBytes: number): number {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= limitBytes) return 0;
  return Math.ceil(((bytes - limitBytes) / bytes) * [...text].length);
}

/** Reports whether a text has anything in it that can be read. */
export function hasWords(text: string): boolean {
  return /[^\s\p{C}]/u.test(text);
}

/** A text on one line, for lists and announcements. */
export function oneLine(text: string, max = 140): string {
  const line = text
    .slice(0, max * 4)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  const chars = [...line];
  return chars.length > max ? `${chars.slice(0, max).join("")}…` : line;
}

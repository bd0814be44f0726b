// The conversation as plain text, to be kept or shown to somebody. What AI wrote is labelled here as
// it is on the page (W8): who speaks stands before every piece.

import type { Item } from "../../view/items";

/** The conversation, a line for each piece, with who said it and when. */
export function transcript(head: string, list: readonly Item[]): string {
  const lines = list.map((item) =>
    item.is === "bubble" ? `[${item.time}] ${item.who}: ${item.text}` : `— ${item.text} —`,
  );
  return [head, "", ...lines, ""].join("\n");
}

/** What is copied by hand out of the log keeps who said it: every bubble touched is written whole. */
export function copyLabelled(event: ClipboardEvent, selection: Selection | null): void {
  const log = event.currentTarget;
  if (!(log instanceof HTMLElement) || !selection || selection.isCollapsed) return;
  const rows = [...log.querySelectorAll<HTMLElement>(".row")].filter((row) =>
    selection.containsNode(row, true),
  );
  const isOfBot = rows.some((row) => row.classList.contains("bot"));
  if (!isOfBot || !event.clipboardData) return;
  const said = rows.map((row) => {
    const text = (cls: string) => row.querySelector(cls)?.textContent?.trim() ?? "";
    return `${text(".who")}: ${rows.length > 1 ? text(".bubble") : selection.toString().trim()}`;
  });
  event.clipboardData.setData("text/plain", said.join("\n"));
  event.preventDefault();
}

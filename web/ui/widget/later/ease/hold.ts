// In large-text mode the bot's bubbles come one after the other, each when the one before can be read.

import type { Item } from "../../view/items";

const READ_MS = 1_500;
const READ_MS_A_CHARACTER = 60;

const isOfBot = (item: Item) => item.is === "bubble" && item.from === "bot";

/** Returns what holds back the end of a list. What anybody else says, and all before it, comes at once. */
export function holder(isOn: () => boolean) {
  let nextAt = 0;
  return (list: readonly Item[], isShown: (key: string) => boolean, now: number) => {
    const from = list.findIndex((item) => !isShown(item.key));
    const item = list[from];
    if (!isOn() || !item || !list.slice(from).every(isOfBot)) return list;
    if (now < nextAt) return list.slice(0, from);
    nextAt = now + READ_MS + READ_MS_A_CHARACTER * item.text.length;
    return from + 1 === list.length ? list : list.slice(0, from + 1);
  };
}

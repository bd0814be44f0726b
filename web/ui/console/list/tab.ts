/** What the left pane can show. */
export const tabs = ["chats", "calls", "team"] as const;

export type Tab = (typeof tabs)[number];

/** Reports whether a word names one of them. */
export function isTab(word: string | null): word is Tab {
  return tabs.some((tab) => tab === word);
}

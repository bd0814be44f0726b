import type { Chat, Desk, Notice } from "./state";

/** The desk with one more notice. The newest three are enough to read; a repeated one is said once. */
export function withNotice(desk: Desk, notice: Omit<Notice, "key">): Desk {
  const others = desk.notices.filter((other) => other.code !== notice.code);
  const noticeKey = desk.noticeKey + 1;
  return { ...desk, noticeKey, notices: [...others, { ...notice, key: noticeKey }].slice(-3) };
}

/** The texts on their way, without one. */
export function without(unsent: Desk["unsent"], id: string): Desk["unsent"] {
  return unsent.some((text) => text.frame.id === id)
    ? unsent.filter((text) => text.frame.id !== id)
    : unsent;
}

/** The desk with a chat changed or added. */
export function withChat(desk: Desk, id: string, change: (chat: Chat | undefined) => Chat): Desk {
  return { ...desk, chats: { ...desk.chats, [id]: change(desk.chats[id]) } };
}

/** The desk with a chat changed, if it is there. */
export function ifChat(desk: Desk, id: string, change: (chat: Chat) => Chat): Desk {
  const chat = desk.chats[id];
  return chat ? withChat(desk, id, () => change(chat)) : desk;
}

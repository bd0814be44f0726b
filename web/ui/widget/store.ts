// What the browser keeps for one site: the token and position, what was not sent yet, the draft and
// the text size. Storage may be missing, full or forbidden; then everything works for this page only.
// Nothing is written before the visitor has opened the chat.

import type { Owner, VisitorKept } from "../shared/wire";

/** The two calls of localStorage that are used. */
export interface Backing {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** How to come back to a session. */
export interface Saved {
  token: string;
  seq: number;
  owner: Owner;
  phone?: string | undefined;
  hours?: string | undefined;
}

/** Asking for localStorage may already throw where storage is forbidden. */
export function storageOf(page: { localStorage: Backing }): Backing | null {
  try {
    return page.localStorage;
  } catch {
    return null;
  }
}

/** What the visitor has chosen for good; absent is as it came. */
export interface Choices {
  /** 长辈版: large text, large targets, more contrast, a simpler screen, a slower bot. */
  large?: boolean;
  /** px of the text. */
  size?: number;
  /** A person first, always. */
  first?: boolean;
  /** Pace is not measured. */
  noPace?: boolean;
  /** No sound at new messages. */
  quiet?: boolean;
  /** Answers are read aloud. */
  aloud?: boolean;
  /** A button to speak instead of typing. */
  voice?: boolean;
  /** A notification when the turn is near. */
  notify?: boolean;
  /** The session whose rating was declined; it is not asked again. */
  unrated?: string;
  /** The large text was offered and not wanted. */
  notLarge?: boolean;
}

interface Dated<T> {
  at: number;
  value: T;
}

/** Item by item: a page with an old library may have taught arrays a toJSON of its own. */
function toJson(value: unknown): string {
  return Array.isArray(value) ? `[${value.map((item) => toJson(item))}]` : JSON.stringify(value);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The browser's memory for one site. */
export type Store = ReturnType<typeof openStore>;

/** Opens it; without a backing it remembers nothing. */
export function openStore(site: string, backing: Backing | null, now: () => number) {
  const name = (key: string) => `yijian:${site}:${key}`;

  function read(key: string): unknown {
    try {
      return JSON.parse(backing?.getItem(name(key)) ?? "null");
    } catch {
      return null;
    }
  }

  /** Null takes the entry away. */
  function write(key: string, value: unknown): void {
    try {
      if (value === null) backing?.removeItem(name(key));
      else backing?.setItem(name(key), toJson(value));
    } catch {
      // Full or forbidden: the chat goes on, it only does not survive this page.
    }
  }

  let choices = (read("choices") ?? {}) as Choices;

  const isFresh = (dated: Dated<unknown> | null) => dated !== null && now() - dated.at < DAY_MS;

  function posted(): Dated<VisitorKept>[] {
    const items = read("outbox") as Dated<VisitorKept>[] | null;
    return Array.isArray(items) ? items.filter(isFresh) : [];
  }

  return {
    session: () => read("session") as Saved | null,
    saveSession: (saved: Saved | null) => write("session", saved),

    /** The text that was typed and not sent, for 24 h. */
    draft(): string {
      const draft = read("draft") as Dated<string> | null;
      return draft && isFresh(draft) ? draft.value : "";
    },
    saveDraft: (value: string) => write("draft", value ? { at: now(), value } : null),

    /** As if the visitor had never been here. */
    forget(): void {
      for (const key of ["session", "draft", "outbox", "choices"]) write(key, null);
      choices = {};
    },

    choices: () => choices,
    choose(change: Choices): void {
      choices = { ...choices, ...change };
      write("choices", choices);
    },

    /** Frames that nobody answered yet, oldest first, for 24 h. */
    outbox: () => posted().map(({ value }) => value),

    /** Replaces one frame, or takes it out; other tabs' frames stay, because they share the list. */
    post(id: string, value?: VisitorKept): void {
      const others = posted().filter((item) => item.value.id !== id);
      write("outbox", value ? [...others, { at: now(), value }] : others);
    },
  };
}

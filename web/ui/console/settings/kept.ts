/** The names under which this browser keeps an agent's own choices. */
export type Setting = "lang" | "sound" | "keys";

const prefix = "yijian.console.";

/** Reads a choice; null when there is none or the browser keeps nothing. */
export function readSetting(name: Setting): string | null {
  return readItem(prefix + name);
}

/** Keeps a choice; a browser that keeps nothing just forgets it. */
export function writeSetting(name: Setting, value: string): void {
  writeItem(prefix + name, value);
}

/** What was typed for a chat and not sent yet. Replies and notes are kept apart. */
export function readDraft(agent: string, session: string, mode: string): string {
  return readItem(draftKey(agent, session, mode)) ?? "";
}

/** Keeps what was typed, so that a reload or a new sign-in loses nothing. */
export function writeDraft(agent: string, session: string, mode: string, text: string): void {
  writeItem(draftKey(agent, session, mode), text);
}

/** Whether this browser was told to put something about a chat aside. */
export function readMark(session: string, what: string): boolean {
  return readItem(`${prefix}mark.${session}.${what}`) !== null;
}

/** Puts it aside. */
export function writeMark(session: string, what: string): void {
  writeItem(`${prefix}mark.${session}.${what}`, "1");
}

function draftKey(agent: string, session: string, mode: string): string {
  return `${prefix}draft.${agent}.${session}.${mode}`;
}

function readItem(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is blocked
  }
}

function writeItem(key: string, value: string): void {
  try {
    if (value === "") localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // storage is blocked or full: the choice lives as long as the page
  }
}

import { composes, type Press } from "./enter";

/** What a single key can do. */
export type Act =
  | "accept"
  | "reply"
  | "note"
  | "resolve"
  | "transfer"
  | "consult"
  | "release"
  | "whisper"
  | "join"
  | "takeover"
  | "next"
  | "previous"
  | "chats"
  | "calls"
  | "team"
  | "records"
  | "help";

/** The keys, in the order the overlay lists them. */
export const shortcuts: readonly { act: Act; key: string }[] = [
  { act: "accept", key: "A" },
  { act: "reply", key: "R" },
  { act: "note", key: "N" },
  { act: "resolve", key: "E" },
  { act: "transfer", key: "T" },
  { act: "consult", key: "C" },
  { act: "release", key: "L" },
  { act: "whisper", key: "W" },
  { act: "join", key: "I" },
  { act: "takeover", key: "O" },
  { act: "next", key: "J" },
  { act: "previous", key: "K" },
  { act: "chats", key: "1" },
  { act: "calls", key: "2" },
  { act: "team", key: "3" },
  { act: "records", key: "S" },
  { act: "help", key: "?" },
];

/** What the focus is in; a single key acts only outside all of these. */
export interface Place {
  inInput: boolean;
  inDialog: boolean;
}

/** The act a press asks for, or null. A press with a modifier belongs to the browser. */
export function actOf(press: Press, place: Place): Act | null {
  if (place.inInput || place.inDialog || composes(press)) return null;
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  return shortcuts.find((shortcut) => shortcut.key === key)?.act ?? null;
}

/** Where the event happened. */
export function placeOf(target: EventTarget | null): Place {
  const element = target instanceof Element ? target : null;
  // A letter says nothing to a switch, which keeps the focus after a click.
  const input =
    "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]:not([contenteditable=false])";
  return {
    inInput: element?.closest(input) != null,
    inDialog: document.querySelector("[role=dialog], [role=menu], [role=alertdialog]") !== null,
  };
}

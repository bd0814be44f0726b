/** The part of a keyboard event that decides. */
export interface Press {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

/** The keyCode browsers report while an input method composes, even after isComposing has ended. */
const COMPOSING = 229;

/** Reports whether the press is part of writing a character with an input method. */
export function composes(press: Press): boolean {
  return press.isComposing || press.keyCode === COMPOSING;
}

/** Reports whether the press sends what is in the composer: Enter, also with Ctrl or Cmd. */
export function sends(press: Press): boolean {
  return press.key === "Enter" && !press.shiftKey && !press.altKey && !composes(press);
}

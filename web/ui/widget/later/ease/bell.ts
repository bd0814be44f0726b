// Calls back somebody who looks elsewhere: a word in the title of the page, a short sound, and a
// notification where it was allowed. Everything can be turned off, and ends when the page is looked at.

import type { VisitorState } from "../../../shared/reduce";

/** What is worth calling for. */
export type Call = "near" | "fresh";

/** What calls, going from one state to the next: the turn is near, or a person has written or come. */
export function callFor(before: VisitorState, state: VisitorState): Call | "" {
  if (state.queue?.near && !before.queue?.near) return "near";
  const fresh = state.events.some(
    (e) =>
      e.seq > Math.max(before.seq, state.history) &&
      e.from === "agent" &&
      (e.kind === "message" || (e.kind === "move" && e.owner === "human")),
  );
  return fresh ? "fresh" : "";
}

export interface BellOptions {
  say: (call: Call) => string;
  isQuiet: () => boolean;
  mayNotify: () => boolean;
}

const TONES = [660, 880];
const TONE_S = 0.16;

/** Makes the bell. */
export function bell({ say, isQuiet, mayNotify }: BellOptions) {
  let before: VisitorState | undefined;
  let title = "";
  let audio: AudioContext | undefined;

  function render(state: VisitorState): void {
    const call = before && before.session === state.session ? callFor(before, state) : "";
    before = state;
    if (!call || !document.hidden) return;
    title ||= document.title;
    document.title = `● ${say(call)}`;
    if (!isQuiet()) ring();
    if (mayNotify()) notify(say(call));
  }

  function ring(): void {
    try {
      audio ??= new AudioContext();
      let from = audio.currentTime;
      for (const tone of TONES) {
        const swing = audio.createOscillator();
        const loud = audio.createGain();
        swing.frequency.value = tone;
        loud.gain.setValueAtTime(0.18, from);
        loud.gain.exponentialRampToValueAtTime(0.001, from + TONE_S);
        swing.connect(loud).connect(audio.destination);
        swing.start(from);
        from += TONE_S;
        swing.stop(from);
      }
    } catch {
      // No sound device: the title and the page say it too.
    }
  }

  /** Android has no such constructor; there the title and the sound have to do. */
  function notify(text: string): void {
    try {
      const note = new Notification(text, { tag: "yijian" });
      note.onclick = () => {
        window.focus();
        note.close();
      };
    } catch {}
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !title) return;
    document.title = title;
    title = "";
  });

  return { render };
}

// Speaking instead of typing, with the browser's own recognition, where it has one. The text is put
// into the field and never sent by itself.

import type { Lang } from "../../i18n";

/** What is used of the browsers' recognition; TypeScript's own types do not know it. */
interface Recognition {
  lang: string;
  onresult: ((event: { results: Iterable<ArrayLike<{ transcript: string }>> }) => void) | null;
  onerror: (() => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
}

type Recognizer = new () => Recognition;

/** The browser's recognition, if it has one. */
export function recognizer(): Recognizer | undefined {
  const known = window as { SpeechRecognition?: Recognizer; webkitSpeechRecognition?: Recognizer };
  return known.SpeechRecognition ?? known.webkitSpeechRecognition;
}

export interface Listening {
  heard: (text: string) => void;
  /** It listens, or no more; failed says that nothing was understood. */
  turned: (on: boolean, failed: boolean) => void;
}

/** Starts to listen and stops again. */
export function listener(lang: Lang, { heard, turned }: Listening) {
  let current: Recognition | undefined;

  function start(): void {
    const Known = recognizer();
    if (!Known) return;
    const recognition = new Known();
    let failed = true;
    recognition.lang = lang;
    recognition.onresult = ({ results }) => {
      const text = [...results].map((result) => result[0]?.transcript ?? "").join("");
      failed = text === "";
      if (text) heard(text);
    };
    recognition.onend = () => {
      current = undefined;
      turned(false, failed);
    };
    current = recognition;
    turned(true, false);
    try {
      recognition.start();
    } catch {
      recognition.onend();
    }
  }

  return {
    toggle(): void {
      if (current) current.stop();
      else start();
    },
    stop: () => current?.stop(),
  };
}

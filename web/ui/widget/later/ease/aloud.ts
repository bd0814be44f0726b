// Reading answers aloud with the browser's own voices, where it has them.

import type { VisitorState } from "../../../shared/reduce";
import type { Lang } from "../../i18n";

/** A voice of the language; one of the device itself before one of a service. */
export function voiceOf(voices: readonly SpeechSynthesisVoice[], lang: Lang) {
  const language = lang.split("-")[0] ?? "";
  const spoken = voices.filter((v) => v.lang.toLowerCase().startsWith(language));
  const near = spoken.filter((v) => v.lang.replace("_", "-") === lang);
  return [...near, ...spoken].sort((a, b) => Number(b.localService) - Number(a.localService))[0];
}

/** Makes the reader, or nothing where there is no voice. */
export function reader(lang: Lang, isOn: () => boolean) {
  const { speechSynthesis } = window;
  let upto = -1;

  function voice() {
    return speechSynthesis && voiceOf(speechSynthesis.getVoices(), lang);
  }

  /** Reads what others wrote since it was last called; the first call only takes note of it. */
  function render({ events, seq, history }: VisitorState): void {
    const isFirst = upto < 0;
    const fresh = events.filter((e) => e.seq > Math.max(upto, history));
    upto = seq;
    const using = voice();
    if (isFirst || !isOn() || !using) return;
    for (const event of fresh) {
      if (event.kind !== "message" || event.from === "visitor") continue;
      const said = new SpeechSynthesisUtterance(event.text);
      said.voice = using;
      said.lang = using.lang;
      said.rate = 0.85;
      speechSynthesis.speak(said);
    }
  }

  return { render, voice, hush: () => speechSynthesis?.cancel() };
}

/** What can be heard: a chat is offered, or somebody wrote. */
export type Sound = "offer" | "message";

interface Tone {
  hz: number;
  at: number;
  length: number;
  loud: number;
}

/** Short and soft: an agent hears these all day. The longest ends after 0.6 s. */
const tones: Record<Sound, readonly Tone[]> = {
  offer: [
    { hz: 587, at: 0, length: 0.25, loud: 0.12 },
    { hz: 880, at: 0.16, length: 0.44, loud: 0.12 },
  ],
  message: [{ hz: 740, at: 0, length: 0.18, loud: 0.05 }],
};

/** Returns a function that plays sounds. The audio device is opened with the first one. */
export function createSounds(): (sound: Sound) => void {
  let context: AudioContext | null = null;
  return (sound) => {
    try {
      context ??= new AudioContext();
      // A page may not sound before it was touched; then this one stays silent.
      if (context.state === "suspended") void context.resume().catch(() => {});
      for (const tone of tones[sound]) play(context, tone);
    } catch {
      // no audio device: title and announcement remain
    }
  };
}

function play(context: AudioContext, tone: Tone): void {
  const start = context.currentTime + tone.at;
  const wave = context.createOscillator();
  const gain = context.createGain();
  wave.frequency.value = tone.hz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(tone.loud, start + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + tone.length);
  wave.connect(gain).connect(context.destination);
  wave.start(start);
  wave.stop(start + tone.length);
}

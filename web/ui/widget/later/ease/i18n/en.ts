import type { Dictionary } from "../../../../shared/i18n";
import type { zh } from "./zh-CN";

/** English. */
export const en: Dictionary<typeof zh> = {
  title: "More",
  done: "Back to the chat",
  sizes: "Size of the text",
  size: "Text size {n}",
  first: "A person first, always",
  firstNote:
    "When this is on, you are in line for a person at once; the AI assistant stays silent.",
  aloud: "Read answers aloud",
  aloudHere: "Your own device reads; neither sound nor text leaves it.",
  aloudAway: "This browser sends the text to its speech service, which reads it.",
  voice: "Speak instead of typing",
  voiceNote:
    "Your browser’s speech service turns the sound into text. It may go to the browser maker’s servers, never to us. You look at the text before you send it.",
  speak: "Speak",
  listening: "Listening; please speak. Press again when you are done.",
  notHeard: "Nothing was understood, or the microphone is not allowed. Press again, or type.",
  sound: "Sound for new messages",
  notify: "Tell me when it is nearly my turn",
  notifyNote: "While you look at another page, a reminder appears. Please leave this page open.",
  notifyNo: "The browser does not allow reminders. They can be turned on in its settings.",
  pace: "See how fast I type, to give me more time",
  paceNote:
    "Looked at are only how fast a message was typed, how often you paused and how much you changed: three numbers from 0 to 4, sent with the message. Never which keys, never unsent text, never your age. It only makes us wait longer and bring a person sooner; without it nothing gets worse.",
  copy: "Copy the chat",
  copied: "Copied. You can paste it, for your family to see.",
  copyNo: "This could not be copied. Please use “Save the chat”.",
  download: "Save the chat",
  file: "chat",
  end: "End chat",
  bot: "Back to the AI assistant",
  near: "It is nearly your turn",
  fresh: "New message",
};

// What a page can say to the chat and hear from it. This file is served as /widget.d.mts, the types of
// the module /widget.mjs; the implementation is checked against it.

/** The languages there are; "auto" follows the page and then the browser. */
export type Language = "auto" | "zh-CN" | "en" | (string & {});

/** How the chat looks on the page. */
export interface Look {
  /** The corner of the launcher and the panel; "right" unless said. */
  position?: "right" | "left";
  /**
   * The colour of the launcher and the header, #rgb or #rrggbb. One on which white text cannot be read
   * (contrast below 4.5) is darkened until it can, and the console says so.
   */
  color?: string;
  /** Where it stands among the layers of the page; 2147483000 unless said. */
  zIndex?: number;
  /** False hides the launcher, for pages that have a button of their own. */
  launcher?: boolean;
}

export interface BootOptions extends Look {
  /** The site, as the server's settings name it. */
  site: string;
  language?: Language;
  /** Where the server is; where the script came from unless said. */
  server?: string;
  /** Shown to a first-time visitor when the server cannot be reached. */
  phone?: string;
  hours?: string;
  /** The nonce of the page's policy; that of the script tag unless said. */
  nonce?: string;
  /** The chat fills the page it is on; there is no launcher and nothing to close. */
  fullPage?: boolean;
}

/** What is told, and with what. */
export interface Events {
  /** The chat is on the page. A listener that comes later is told at once. */
  ready: undefined;
  /** Something the page's owner should know; the visitor has been told what there is to tell. */
  error: { message: string };
  open: undefined;
  close: undefined;
  /** A new message of anybody. What was said before the page was opened is not news. */
  message: { from: "visitor" | "bot" | "agent" | "system"; text: string };
  /** The number of messages that the visitor has not seen. */
  unread: { count: number };
  /** In line for a person, and again whenever the place changes. The eta is in seconds, from and to. */
  queued: { position: number; eta: [number, number] | null; open: boolean };
  /** The visitor is next. */
  turnnear: undefined;
  agentjoined: { name: string };
  ended: { reason: string };
}

export type EventName = keyof Events;

export interface Yijian {
  /** Puts the chat on the page. The script tag does it by itself, unless it says data-boot="manual". */
  (verb: "boot", options: BootOptions): Promise<void>;
  /** Changes how it looks, or its language. */
  (verb: "update", change: Look & { language?: Language }): Promise<void>;
  /** Takes it off the page. With forget, this device forgets the conversation too: for a log-out. */
  (verb: "shutdown", options?: { forget?: boolean }): Promise<void>;
  /** show and hide are about the launcher. requestHuman opens the chat and asks for a person. */
  (verb: "open" | "close" | "show" | "hide" | "requestHuman"): Promise<void>;
  /** Returns what ends it. */
  <E extends EventName>(verb: "on", event: E, listener: (detail: Events[E]) => void): () => void;
}

/** The same function as window.Yijian. */
declare const yijian: Yijian;
export default yijian;

declare global {
  interface Window {
    Yijian?: Yijian;
  }
}

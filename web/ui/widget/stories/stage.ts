// The widget on a page where the story plays the server and time stands still.

import { FakeClock, FakeServer } from "../../shared/fakes";
import { createClient } from "../client";
import type { Fetch, Parts } from "../embed/parts";
import { type Lang, words } from "../i18n";
import * as contrast from "../parts/contrast";
import * as ease from "../parts/ease";
import * as extras from "../parts/extras";
import * as idle from "../parts/idle";
import * as leave from "../parts/leave";
import * as links from "../parts/links";
import * as news from "../parts/news";
import { openStore } from "../store";
import { createWidget } from "../widget";

/** How a story is looked at. */
export interface Look {
  lang: Lang;
  large: boolean;
}

/** All parts that need no server, at once. */
const PARTS: Partial<Parts> = { contrast, ease, extras, idle, leave, links, news };

const NOW = Date.parse("2026-11-23T08:30:00Z");

/** What a story can do. */
export type Stage = ReturnType<typeof openStage>;

/** Puts a fresh widget on the page, in place of the one before. */
export function openStage({ lang, large }: Look) {
  document.querySelector("yijian-chat")?.remove();
  document.documentElement.lang = lang;
  const clock = new FakeClock(NOW);
  const server = new FakeServer();
  const kept = new Map<string, string>();
  const store = openStore("demo", memory(kept), () => clock.now());
  if (large) store.choose({ large });
  let serial = 0;
  let seq = 0;
  const client = createClient({
    site: "demo",
    lang,
    store,
    clock,
    dial: server.dial,
    random: () => 0,
    alone: (run) => void run(),
    newId: () => {
      serial += 1;
      return `id${serial}`;
    },
    onChange: () => widget.render(),
  });
  const part = (async (name: keyof Parts) => PARTS[name]) as Fetch;
  const widget = createWidget({
    t: words(lang),
    lang,
    client,
    store,
    now: () => clock.now(),
    nonce: "",
    part,
    fullPage: false,
    emit: () => {},
  });
  document.body.append(widget.element);

  /** One element of the widget. */
  function find<E extends HTMLElement = HTMLElement>(selector: string): E {
    const found = widget.element.shadowRoot?.querySelector<E>(selector);
    if (!found) throw new Error(`the story finds no ${selector}`);
    return found;
  }

  return {
    lang,
    find,
    widget,
    /** The text of the story's language. */
    say: (zh: string, en: string) => (lang === "en" ? en : zh),

    /** Opens the panel and lets the server answer. */
    async begin(owner = "bot"): Promise<void> {
      widget.open();
      server.line.opens();
      server.line.says({
        t: "welcome",
        session: "s1",
        token: "s1.token",
        seq: 0,
        owner,
        policy: 1,
        limits: { frame: 16384, text: 8192, per_minute: 60, ping_ms: 25000 },
        reset: false,
        site: { id: "demo", name: "Demo", phone: "400-820-1234", hours: "9:00–21:00" },
      });
      await settled();
    },

    settled,

    event(body: object): void {
      seq += 1;
      const at = new Date(clock.now()).toISOString();
      server.line.says({ t: "event", seq, at, id: `e${seq}`, ...body });
    },

    frame: (frame: object) => server.line.says(frame),
    drop: (code?: number) => server.line.drops(code),

    /** Time goes on, and the page looks at it. */
    pass(ms: number): void {
      clock.pass(ms);
      widget.render();
    },

    press: (selector: string) => find(selector).click(),

    write(text: string, enter = true): void {
      const input = find<HTMLTextAreaElement>("textarea");
      input.value = text;
      input.dispatchEvent(new Event("input"));
      if (enter) input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    },
  };
}

/** Everything that was promised has been kept. */
function settled(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}

function memory(kept: Map<string, string>) {
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

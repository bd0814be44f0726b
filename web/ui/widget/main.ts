// The core: everything that writing, 转人工, the place in line and the AI label need, put together. The
// loader (embed/) fetches it in the visitor's language and starts it.

import { systemClock } from "../shared/clock";
import { dialer } from "../shared/dial";
import { newId } from "../shared/ids";
import { SUBPROTOCOL } from "../shared/wire";
import { type Client, createClient } from "./client";
import type { Emit, Running } from "./embed/api";
import { look } from "./embed/look";
import type { Fetch } from "./embed/parts";
import type { BootOptions, Look } from "./embed/yijian";
import { type Lang, words } from "./i18n";
import { openStore, storageOf } from "./store";
import { createWidget } from "./widget";

export interface StartOptions extends BootOptions {
  server: string;
  lang: Lang;
  emit: Emit;
  part: Fetch;
}

const TURN_MS = 4_000;

/** Puts the chat on the page. */
export function start(o: StartOptions): Running {
  const { site, server, part } = o;
  const lang = import.meta.env.YIJIAN_LANG ?? o.lang;
  const { now } = systemClock;
  const store = openStore(site, storageOf(window), now);
  const client = createClient({
    site,
    lang,
    store,
    newId,
    clock: systemClock,
    random: Math.random,
    contact: o,
    alone: (run) => void inTurn(`yijian:${site}`, run),
    dial: dialer({
      open: socket,
      load: async () =>
        (await part("way")).otherWay(new URL("/v1/visitor/poll", server).href, socket),
    }),
    onChange: () => widget.render(),
  });
  /** The visitor's socket of the server. */
  function socket(): WebSocket {
    const url = new URL("/v1/visitor", server);
    url.protocol = url.protocol.replace("http", "ws");
    return new WebSocket(url, SUBPROTOCOL);
  }
  const { nonce = "", fullPage = false, emit } = o;
  const widget = createWidget({
    t: words(lang),
    lang,
    client,
    store,
    now,
    nonce,
    part,
    fullPage,
    emit,
  });
  const { element, open, close, human } = widget;
  const update = (change: Look) => look(element, change, part);
  const stop = stay(client, widget);
  update(o);
  if (fullPage) open();
  return {
    open,
    close,
    requestHuman: human,
    update,
    show: () => update({ launcher: true }),
    hide: () => update({ launcher: false }),
    shutdown(how) {
      stop();
      if (how?.forget) store.forget();
    },
  };
}

/** Keeps the chat on the page and its connection alive, until it is stopped. */
function stay(client: Client, widget: ReturnType<typeof createWidget>): () => void {
  const end = new AbortController();
  const { signal } = end;
  const hear = (target: EventTarget, events: string, run: () => void) => {
    for (const event of events.split(" ")) target.addEventListener(event, run, { signal });
  };
  hear(window, "online offline pageshow", client.wake);
  hear(window, "pagehide", client.leave);
  hear(window, "storage", client.follow);
  hear(document, "visibilitychange", () => {
    if (document.hidden) return;
    client.wake();
    widget.render();
  });
  // A page that changes without being loaded may throw its whole body away, and the chat with it.
  const watch = new MutationObserver(widget.attach);
  watch.observe(document.documentElement, { childList: true });
  const beat = setInterval(() => {
    widget.attach();
    widget.render();
  }, 1000);
  widget.attach();
  if (client.isExpected()) client.connect();
  return () => {
    end.abort();
    watch.disconnect();
    clearInterval(beat);
    client.leave();
    widget.element.remove();
  };
}

/** One tab after another begins. No lock, on plain http or in an old browser, and no end of it: go. */
async function inTurn(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request(name, { signal: AbortSignal.timeout(TURN_MS) }, run);
  } catch {
    await run();
  }
}

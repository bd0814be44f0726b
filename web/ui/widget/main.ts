// <script async src="https://…/widget.js" data-site="demo" data-lang="auto"></script>
// is all a page needs. This file reads that tag and puts the parts together.

import { systemClock } from "../shared/clock";
import { dialer } from "../shared/dial";
import { pickLanguage } from "../shared/i18n";
import { newId } from "../shared/ids";
import { SUBPROTOCOL } from "../shared/wire";
import { type Client, createClient } from "./client";
import { LANGS, type Lang, words } from "./i18n";
import type * as later from "./later";
import { connectPage } from "./page";
import { type Backing, openStore } from "./store";
import { createWidget, type WidgetEvent } from "./widget";

// Only here: later the tag that is being run is no longer known.
const tag = document.currentScript as HTMLScriptElement | null;

const TURN_MS = 4_000;

function start(): void {
  if (!tag || document.querySelector("yijian-chat")) return;
  const { src, dataset } = tag;
  const { site = "demo", lang: wanted = "auto" } = dataset;
  const lang = language(wanted);
  const { now } = systemClock;
  const store = openStore(site, storage(), now);
  const client = createClient({
    site,
    lang,
    store,
    newId,
    clock: systemClock,
    random: Math.random,
    contact: dataset,
    alone: (run) => void inTurn(`yijian:${site}`, run),
    dial: dialer({
      open,
      load: async () => (await fetchLater()).otherWay(new URL("/v1/visitor/poll", src).href, open),
    }),
    onChange: () => widget.render(),
  });
  /** The visitor's socket of the server that the script came from. */
  function open(): WebSocket {
    const url = new URL("/v1/visitor", src);
    url.protocol = url.protocol.replace("http", "ws");
    return new WebSocket(url, SUBPROTOCOL);
  }
  let fetched: Promise<typeof later> | undefined;
  let tries = 0;
  /** What is not needed at first. The number makes a browser that remembers a failure ask again. */
  function fetchLater(): Promise<typeof later> {
    tries += 1;
    fetched ??= import(/* @vite-ignore */ new URL(`widget-later.js?${tries}`, src).href);
    fetched.catch(() => {
      fetched = undefined;
    });
    return fetched;
  }
  let emit: (event: WidgetEvent, detail?: string | number) => void = () => {};
  const widget = createWidget({
    t: words(lang),
    lang,
    client,
    store,
    now,
    nonce: tag.nonce,
    later: fetchLater,
    emit: (event, detail) => emit(event, detail),
  });
  document.body.append(widget.element);
  emit = connectPage(widget);
  keepAlive(client, widget.render);
}

/** Comes back when the network or the tab does, and moves what depends on time. */
function keepAlive(client: Client, render: () => void): void {
  for (const event of ["online", "offline", "pageshow"]) addEventListener(event, client.wake);
  addEventListener("pagehide", client.leave);
  addEventListener("storage", client.follow);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    client.wake();
    render();
  });
  setInterval(render, 1000);
  if (client.isExpected()) client.connect();
}

function language(wanted: string): Lang {
  const page = [document.documentElement.lang, ...navigator.languages];
  return pickLanguage(wanted === "auto" ? page : [wanted, ...page], LANGS, "zh-CN");
}

/** One tab after another begins. No lock, on plain http or in an old browser, and no end of it: go. */
async function inTurn(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request(name, { signal: AbortSignal.timeout(TURN_MS) }, run);
  } catch {
    await run();
  }
}

/** Asking for localStorage may already throw where storage is forbidden. */
function storage(): Backing | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

if (document.body) start();
else addEventListener("DOMContentLoaded", start);

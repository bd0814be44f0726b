// window.Yijian: verbs of the page, answered with promises, and what the page listens to. Verbs that
// need the chat wait until it is there, in the order in which they were said.

import type { BootOptions, EventName, Events, Look, Yijian } from "./yijian";

/** The chat on the page: its verbs, by the names that the page uses. */
export interface Running {
  open(): void;
  close(): void;
  show(): void;
  hide(): void;
  requestHuman(): void;
  update(change: Look): void;
  /** Takes it off the page; forget also empties this device's memory of the site. */
  shutdown(options?: { forget?: boolean }): void;
}

/** Tells the page. */
export type Emit = <E extends EventName>(event: E, detail: Events[E]) => void;

/** Puts the chat on the page; it resolves once it is there, however long that takes. */
export type Start = (options: BootOptions, emit: Emit) => Promise<Running>;

/** The page's side: what it calls, and whether a call would be answered at once. */
export interface Api {
  call: Yijian;
  isReady(): boolean;
}

export function createApi(start: Start): Api {
  const bus = new EventTarget();
  let options: BootOptions | undefined;
  let ready = false;
  let begin: (chat: Promise<Running>) => void = () => {};
  let chat = waiting();

  function waiting(): Promise<Running> {
    ready = false;
    options = undefined;
    return new Promise((done) => {
      begin = done;
    });
  }

  const emit: Emit = (event, detail) => {
    bus.dispatchEvent(new CustomEvent(event, { detail }));
  };

  function boot(wanted: BootOptions): Promise<unknown> {
    if (!wanted?.site) throw new TypeError('Yijian("boot", { site: "…" }): no site is named');
    if (options) shutdown();
    options = wanted;
    const own = chat;
    begin(start(wanted, emit));
    return own.then(() => {
      if (own !== chat) return;
      ready = true;
      emit("ready", undefined);
    });
  }

  function shutdown(how?: { forget?: boolean }): unknown {
    const own = options && chat;
    chat = waiting();
    return own?.then((gone) => gone.shutdown(how));
  }

  function on(event: EventName, listener: (detail: unknown) => void): () => void {
    const tell = (e: unknown) => listener((e as CustomEvent).detail);
    bus.addEventListener(event, tell);
    if (event === "ready" && ready) queueMicrotask(() => listener(null));
    return () => bus.removeEventListener(event, tell);
  }

  function call(verb: string, first?: unknown, second?: unknown): unknown {
    if (verb === "on") return on(first as EventName, second as () => void);
    return say(verb, first);
  }

  async function say(verb: string, what: unknown): Promise<void> {
    const change = what as (BootOptions & { forget?: boolean }) | undefined;
    if (verb === "boot") await boot(change as BootOptions);
    else if (verb === "shutdown") await shutdown(change);
    else if (verb === "update" && change?.language && options) {
      await boot({ ...options, ...change });
    } else {
      const here = await chat;
      const act = Object.hasOwn(here, verb) && here[verb as keyof Running];
      if (!act) throw new TypeError(`Yijian has no verb "${verb}"`);
      act(change as never);
    }
  }

  return { call: call as Yijian, isReady: () => ready };
}

// What the script and the module have in common: window.Yijian, marked elements, and the core, fetched in
// the visitor's language. A visitor whose network is away for a moment has the launcher once it is back.

import { systemClock } from "../../shared/clock";
import { pickLanguage } from "../../shared/i18n";
import { LANGS } from "../i18n/langs";
import { createApi, type Emit, type Running } from "./api";
import { followMarks } from "./marks";
import { fetcher } from "./parts";
import type { BootOptions, Yijian } from "./yijian";

/** A call made before the script was there; done hands its result to who made it. */
type Early = ArrayLike<unknown> & { done?: (result: unknown) => void };

/** What the page put in place of the function while it was loading; v marks the function itself. */
type Stub = Yijian & { q?: Early[]; v?: 1 };

/** Puts the function on the page, unless another copy of the script was first. base: where the files are. */
export function install(base: string, tag?: BootOptions | null): void {
  const stub = window.Yijian as Stub | undefined;
  if (stub?.v) return;
  const { call, isReady } = createApi((options, emit) => load(options, base, emit));
  window.Yijian = Object.assign(call, { v: 1 });
  followMarks((verb) => void call(verb), isReady);
  if (tag) void call("boot", tag);
  for (const early of stub?.q ?? []) {
    const [verb, first, second] = [0, 1, 2].map((at) => early[at]);
    const result = (call as (...all: unknown[]) => unknown)(verb, first, second);
    early.done?.(result);
  }
}

async function load(options: BootOptions, base: string, emit: Emit): Promise<Running> {
  const { server = base, language = "auto" } = options;
  const page = [document.documentElement.lang, ...navigator.languages];
  const lang = pickLanguage(language === "auto" ? page : [language, ...page], LANGS, LANGS[0]);
  const part = fetcher({
    load: (file) => import(/* @vite-ignore */ new URL(`widget/${lang}/${file}`, server).href),
    clock: systemClock,
    onFailure: (error) => emit("error", { message: `A file of the chat did not come: ${error}` }),
  });
  const { start } = await part("core");
  if (!document.body) await new Promise((done) => addEventListener("DOMContentLoaded", done));
  return start({ ...options, server, lang, emit, part });
}

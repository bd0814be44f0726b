// For comfort: text sizes, reading aloud, speaking, sounds, a person first, the pace and its switch, and
// the conversation to take along. None of it is needed to write or to reach a person.

import type { Client, Model } from "../../client";
import type { Lang } from "../../i18n";
import type { Choices, Store } from "../../store";
import { button, h, icon, on, show, write } from "../../view/dom";
import { dress } from "../../view/dress";
import type { Item } from "../../view/items";
import type { Leaving } from "../leave";
import { paceMeter } from "../pace";
import { reader } from "./aloud";
import { bell } from "./bell";
import css from "./ease.css?inline";
import { holder } from "./hold";
import large from "./large.css?inline";
import { sizeRow, switchRow } from "./sheet";
import { copyLabelled, transcript } from "./transcript";
import { listener, recognizer } from "./voice";
import { easeWords } from "./words";

export interface EaseOptions {
  lang: Lang;
  client: Client;
  store: Store;
  panel: HTMLElement;
  /** The strips above the conversation. */
  status: HTMLElement;
  /** What is copied from it keeps who said it. */
  log: HTMLElement;
  choose: (change: Choices) => void;
  /** Puts a text into the field. */
  dictated: (text: string) => void;
  /** The conversation as it stands, with every date. */
  items: () => readonly Item[];
  /** From the sheet back to the conversation. */
  back: () => void;
  leave: (wanted: Leaving) => void;
}

/** What the panel holds of this. */
export type Ease = ReturnType<typeof easeView>;

const MICROPHONE = "M9 5a3 3 0 0 1 6 0v6a3 3 0 0 1-6 0zM5 11a7 7 0 0 0 14 0M12 18v3";

/** Makes the sheet and all that it turns on and off. */
export function easeView(o: EaseOptions) {
  const { lang, client, store, choose } = o;
  const t = easeWords(lang);
  const chosen = store.choices;
  const contrast = matchMedia("(prefers-contrast: more)");
  const touch = matchMedia("(pointer: coarse)").matches;
  const ground = { chinese: lang !== "en", touch };
  const meter = paceMeter(
    ground,
    () => performance.now(),
    () => chosen().noPace === true,
  );
  const aloud = reader(lang, () => chosen().aloud === true);
  const rings = bell({
    say: (call) => t(call),
    isQuiet: () => chosen().quiet === true,
    mayNotify: () => chosen().notify === true,
  });
  const said = h("p", { class: "note", role: "status" });
  const heard = h("p", { class: "note", role: "status" });

  const title = h("h3", { tabindex: -1 }, t("title"));
  const sizes = sizeRow(
    t("sizes"),
    (n) => t("size", { n }),
    (size) => choose({ size }),
  );
  const first = switchRow(t("first"), t("firstNote"), (on) => choose({ first: on }));
  const read = switchRow(t("aloud"), "", (on) => {
    if (!on) aloud.hush();
    choose({ aloud: on });
  });
  const voice = switchRow(t("voice"), t("voiceNote"), (on) => choose({ voice: on }));
  const sound = switchRow(t("sound"), "", (on) => choose({ quiet: !on }));
  const notify = switchRow(t("notify"), t("notifyNote"), askToNotify);
  const pace = switchRow(t("pace"), t("paceNote"), (on) => choose({ noPace: !on }));
  const end = button("quiet", t("end"), () => leave("end"));
  const bot = button("quiet", t("bot"), () => leave("bot"));
  const done = button("primary", t("done"), o.back);
  const sheet = h(
    "div",
    { class: "sheet", role: "group", "aria-label": t("title") },
    h("div", { class: "top" }, title, done),
    ...[sizes, first, read, voice, sound, notify, pace].map(({ element }) => element),
    h(
      "div",
      { class: "takes" },
      button("quiet", t("copy"), copy),
      button("quiet", t("download"), download),
      said,
      bot,
      end,
    ),
  );

  const ears = listener(lang, {
    heard: o.dictated,
    turned(listens, failed) {
      microphone.ariaPressed = String(listens);
      const failure = failed ? t("notHeard") : "";
      write(heard, listens ? t("listening") : failure);
    },
  });
  const microphone = button("quiet speak", "", ears.toggle);
  microphone.append(icon(MICROPHONE));
  microphone.setAttribute("aria-label", t("speak"));

  on(o.log, { copy: (event) => copyLabelled(event, selectionIn(o.log)) });

  function leave(wanted: Leaving): void {
    o.back();
    o.leave(wanted);
  }

  function text(): string {
    const name = client.model().state.site?.name ?? "";
    return transcript(`${t("file")} · ${name} · ${new Date().toLocaleString(lang)}`, o.items());
  }

  async function copy(): Promise<void> {
    write(said, "");
    try {
      await navigator.clipboard.writeText(text());
      write(said, t("copied"));
    } catch {
      write(said, t("copyNo"));
    }
  }

  function download(): void {
    const url = URL.createObjectURL(new Blob(["\ufeff", text()], { type: "text/plain" }));
    h("a", { href: url, download: `${t("file")}.txt` }).click();
    URL.revokeObjectURL(url);
  }

  async function askToNotify(on: boolean): Promise<void> {
    const answer = on ? await Notification.requestPermission().catch(() => "denied") : "";
    choose({ notify: answer === "granted" });
    if (answer === "denied") notify.render(false, t("notifyNo"));
  }

  function render({ state }: Model): void {
    const choices = chosen();
    o.panel.toggleAttribute("data-contrast", choices.large || contrast.matches);
    aloud.render(state);
    rings.render(state);
    const using = aloud.voice();
    const least = choices.large ? 20 : 0;
    sizes.render(Math.max(choices.size ?? 18, least), least);
    first.render(choices.first === true);
    show(read.element, using !== undefined);
    read.render(choices.aloud === true, t(using?.localService ? "aloudHere" : "aloudAway"));
    show(voice.element, recognizer() !== undefined);
    voice.render(choices.voice === true);
    show(microphone, choices.voice === true && recognizer() !== undefined);
    sound.render(!choices.quiet);
    show(notify.element, "Notification" in window);
    if (!notify.element.matches(":focus-within")) notify.render(choices.notify === true);
    pace.render(!choices.noPace);
    // What has to be scrolled to be read is reached by the keyboard; else it is no stop on its way.
    o.status.tabIndex = o.status.scrollHeight > o.status.clientHeight ? 0 : -1;
    show(bot, /waiting|human/.test(state.owner));
    show(end, state.owner !== "closed" && state.events.length > 0);
  }

  return {
    hold: holder(() => chosen().large === true),
    sheet,
    microphone,
    heard,
    meter,
    render,
    focus: () => title.focus(),
    /** Once it stands on the page. */
    dress: (nonce: string) => dress(sheet.getRootNode() as ShadowRoot, css + large, nonce),
  };
}

/** The selection as the shadow root sees it; the document of some browsers sees none inside. */
function selectionIn(element: HTMLElement): Selection | null {
  const root = element.getRootNode() as ShadowRoot & { getSelection?: () => Selection | null };
  return root.getSelection?.() ?? document.getSelection();
}

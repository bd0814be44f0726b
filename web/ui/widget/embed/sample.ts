// How a page with types uses the chat. It is only checked, never built: it keeps yijian.d.ts honest.

import type yijian from "./yijian";

/** Every verb and event once. */
export async function sample(chat: typeof yijian): Promise<void> {
  await chat("boot", {
    site: "shop",
    language: "en",
    color: "#14493f",
    position: "left",
    zIndex: 9,
  });
  const stop: () => void = chat("on", "queued", ({ position, eta }) => {
    document.title = `${position} ${eta?.[0] ?? ""}`;
  });
  chat("on", "message", ({ from, text }) => `${from}: ${text}`);
  chat("on", "ready", () => {});
  await chat("requestHuman");
  await chat("update", { launcher: false });
  // @ts-expect-error there is no such verb
  await chat("opne");
  // @ts-expect-error there is no such event
  chat("on", "opened", () => {});
  // @ts-expect-error a site is needed
  await chat("boot", {});
  stop();
  await chat("shutdown", { forget: true });
  await window.Yijian?.("close");
}

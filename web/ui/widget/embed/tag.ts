import type { BootOptions } from "./yijian";

/** What a script tag says, as the options of boot; null: the page boots itself. */
export function optionsOf({ dataset, nonce }: HTMLScriptElement): BootOptions | null {
  const { site = "demo", lang = "auto", boot, page, launcher, zIndex, ...rest } = dataset;
  if (boot === "manual") return null;
  return {
    nonce,
    ...(rest as Partial<BootOptions>), // position, color, phone, hours, server
    site,
    language: lang,
    zIndex: Number(zIndex),
    launcher: launcher !== "off",
    fullPage: page === "full",
  };
}

import type { Fetch } from "./parts";
import type { Look } from "./yijian";

/** Makes the chat look as the page wants, where people can still read it. */
export function look(
  element: HTMLElement,
  { position, color, zIndex, launcher }: Look,
  part: Fetch,
): void {
  const set = (name: string, value: string) => element.style.setProperty(name, value);
  if (position) element.toggleAttribute("data-left", position === "left");
  if (color) part("contrast").then(({ readable }) => set("--yj-brand", readable(color)));
  if (zIndex) set("--yj-z", String(zIndex));
  if (launcher !== undefined) element.toggleAttribute("data-no-launcher", !launcher);
}

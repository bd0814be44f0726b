// The story page. A test or a person plays a story by its name; without one there is a list.
// Run it with: npx vite -c vite.stories.config.ts

import { type Look, openStage } from "./stage";
import { STORIES } from "./stories";

declare global {
  interface Window {
    stories: string[];
    /** Plays one story; done when it stands. */
    play(name: string, look: Look): Promise<void>;
  }
}

window.stories = Object.keys(STORIES);
window.play = async (name, look) => {
  // The list would only be in the way of what looks for faults.
  for (const item of document.querySelectorAll("main p")) item.remove();
  const stage = openStage(look);
  await STORIES[name]?.(stage);
};

const asked = new URLSearchParams(location.search);
const name = asked.get("story");
if (name) {
  const lang = asked.get("lang") === "en" ? "en" : "zh-CN";
  void window.play(name, { lang, large: asked.has("large") });
} else list();

function list(): void {
  const main = document.querySelector("main");
  for (const story of window.stories) {
    const item = document.createElement("p");
    for (const look of ["", "&large", "&lang=en", "&lang=en&large"]) {
      const link = document.createElement("a");
      link.href = `?story=${story}${look}`;
      link.textContent = `${story}${look} `;
      item.append(link);
    }
    main?.append(item);
  }
}

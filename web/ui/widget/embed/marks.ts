// What on the page leads into the chat without a line of script: marked elements, and links that end in
// #yijian or #yijian-human.

type Go = (verb: "open" | "requestHuman") => void;

/**
 * Listens to the whole page, so that what is put there later counts too. While the chat is not there
 * yet, a marked link is followed: it may lead to the page that is all chat.
 */
export function followMarks(go: Go, isReady: () => boolean): void {
  // First of all listeners: a page that stops the event for its own ends must not stop this.
  addEventListener("click", (event) => pressed(event, go, isReady), true);
  addEventListener("hashchange", () => followHash(go));
  followHash(go);
}

function pressed(event: MouseEvent, go: Go, isReady: () => boolean): void {
  for (const node of event.composedPath()) {
    if (!(node instanceof Element)) continue;
    const human = node.hasAttribute("data-yijian-human");
    if (!human && !node.hasAttribute("data-yijian-open")) continue;
    if (node instanceof HTMLAnchorElement && !isReady()) return;
    event.preventDefault();
    go(human ? "requestHuman" : "open");
    return;
  }
}

/** The hash goes, so that a reload is not a second request. */
function followHash(go: Go): void {
  const { hash, pathname, search } = location;
  if (!/^#yijian(-human)?$/.test(hash)) return;
  history.replaceState(history.state, "", pathname + search);
  go(hash === "#yijian" ? "open" : "requestHuman");
}

// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { followMarks } from "./marks";
import { optionsOf } from "./tag";

function tag(attributes: Record<string, string>): HTMLScriptElement {
  const script = document.createElement("script");
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
  return script;
}

test("a tag is read as the options of boot", () => {
  expect(
    optionsOf(tag({ "data-site": "shop", "data-color": "#123", "data-z-index": "7" })),
  ).toMatchObject({
    site: "shop",
    language: "auto",
    color: "#123",
    zIndex: 7,
    launcher: true,
    fullPage: false,
  });
  expect(
    optionsOf(tag({ "data-launcher": "off", "data-page": "full", "data-lang": "en" })),
  ).toMatchObject({
    site: "demo",
    language: "en",
    launcher: false,
    fullPage: true,
  });
  expect(optionsOf(tag({ "data-boot": "manual" }))).toBeNull();
});

describe("marked elements (W27)", () => {
  const go = vi.fn();
  let isReady = true;
  beforeEach(() => {
    go.mockClear();
    isReady = true;
    document.body.innerHTML = "";
  });
  followMarks(go, () => isReady);

  const press = (html: string): Event => {
    document.body.innerHTML = html;
    const event = new MouseEvent("click", { bubbles: true, cancelable: true, composed: true });
    document.body.querySelector("b")?.dispatchEvent(event);
    return event;
  };

  test("one press on anything in them asks, also where the page stops the event", () => {
    document.body.addEventListener("click", (event) => event.stopPropagation(), { once: true });
    const event = press("<button data-yijian-human><i><b>转人工</b></i></button>");
    expect(go.mock.calls).toEqual([["requestHuman"]]);
    expect(event.defaultPrevented).toBe(true);
    press("<span data-yijian-open><b>x</b></span>");
    expect(go.mock.lastCall).toEqual(["open"]);
    press("<p><b>x</b></p>");
    expect(go).toHaveBeenCalledTimes(2);
  });

  test("a link is followed while the chat is not there yet", () => {
    isReady = false;
    const event = press('<a href="#there" data-yijian-human><b>转人工</b></a>');
    expect([go.mock.calls.length, event.defaultPrevented]).toEqual([0, false]);
  });

  test("a fragment asks once: it is gone from the address", () => {
    history.replaceState(null, "", "#yijian-human");
    dispatchEvent(new HashChangeEvent("hashchange"));
    expect([go.mock.calls, location.hash]).toEqual([[["requestHuman"]], ""]);
    dispatchEvent(new HashChangeEvent("hashchange"));
    expect(go).toHaveBeenCalledTimes(1);
  });
});

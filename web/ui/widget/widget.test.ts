// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeClock, FakeServer } from "../shared/fakes";
import { createClient } from "./client";
import type { Fetch } from "./embed/parts";
import { words } from "./i18n";
import { openStore } from "./store";
import { createWidget } from "./widget";

const part = ((name: string) => import(`./parts/${name}.ts`)) as Fetch;
let clock: FakeClock;
let server: FakeServer;
let widget: ReturnType<typeof createWidget>;
const told = vi.fn();

function one<E extends Element = HTMLElement>(selector: string): E {
  const found = widget.element.shadowRoot?.querySelector<E>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}

const text = (selector: string) => one(selector).textContent ?? "";

function event(seq: number, body: object): void {
  server.line.says({ t: "event", seq, at: "2026-11-23T08:30:15Z", id: `e${seq}`, ...body });
}

function connect(owner = "bot"): void {
  server.line.opens();
  server.line.says({
    t: "welcome",
    session: "s1",
    token: "tok",
    seq: 0,
    owner,
    policy: 1,
    limits: { frame: 16384, text: 8192, per_minute: 60, ping_ms: 25000 },
    reset: false,
    site: { id: "demo", name: "Demo", phone: "400-820-1234", hours: "9–21" },
  });
}

function type(value: string, key: KeyboardEventInit & { keyCode?: number } = { key: "Enter" }) {
  const input = one<HTMLTextAreaElement>("textarea");
  input.value = value;
  input.dispatchEvent(new Event("input"));
  const press = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...key });
  if (key.keyCode) Object.defineProperty(press, "keyCode", { value: key.keyCode });
  input.dispatchEvent(press);
}

beforeEach(() => {
  clock = new FakeClock(Date.parse("2026-11-23T08:30:00Z"));
  server = new FakeServer();
  localStorage.clear();
  document.body.replaceChildren();
  told.mockClear();
  let serial = 0;
  const now = () => clock.now();
  const store = openStore("demo", localStorage, now);
  const client = createClient({
    site: "demo",
    lang: "zh-CN",
    dial: server.dial,
    clock,
    random: () => 0,
    alone: (run) => void run(),
    newId: () => {
      serial += 1;
      return `id${serial}`;
    },
    store,
    onChange: () => widget.render(),
  });
  const t = words("zh-CN");
  widget = createWidget({
    t,
    lang: "zh-CN",
    client,
    store,
    now,
    nonce: "",
    part,
    fullPage: false,
    emit: told,
  });
  document.body.append(widget.element);
});

describe("the launcher", () => {
  test("carries the word, and nothing is called or stored before it is pressed (W27)", () => {
    expect(text(".launcher")).toContain("客服");
    expect([server.lines.length, localStorage.length]).toEqual([0, 0]);
    one(".launcher").click();
    expect([server.lines.length, one<HTMLDialogElement>("dialog").open]).toEqual([1, true]);
    one(".launcher").click();
    expect(one<HTMLDialogElement>("dialog").open).toBe(false);
    expect(told.mock.calls.map(([name]) => name)).toEqual(["open", "close"]);
  });

  test("counts what arrives while the panel is closed", () => {
    widget.open();
    connect();
    widget.close();
    event(1, { kind: "message", from: "agent", name: "小李", text: "您好" });
    expect([text(".badge"), one(".badge").hidden]).toEqual(["1", false]);
    widget.open();
    expect(one(".badge").hidden).toBe(true);
  });
});

describe("the way to a person (W1)", () => {
  test("is the first thing in the header in every state", () => {
    const isFirst = () =>
      one(".header").firstElementChild === one(".human") && !one(".human").hidden;
    widget.open();
    expect(isFirst(), "connecting").toBe(true);
    connect();
    for (const [seq, owner] of ["waiting", "human", "closed", "bot"].entries()) {
      event(seq + 1, { kind: "move", from: "system", owner });
      expect(isFirst(), owner).toBe(true);
    }
    server.line.says({ t: "error", code: "internal", message: "出了问题" });
    expect(isFirst(), "error").toBe(true);
    server.line.drops(3501);
    expect(isFirst(), "stopped").toBe(true);
  });

  test("one press asks, also before there is a connection", () => {
    widget.open();
    one(".human").click();
    expect(text(".place .said")).toBe("正在为您找客服人员…");
    connect();
    expect(server.line.names()).toEqual(["hello", "human"]);
    event(1, { kind: "move", from: "visitor", owner: "waiting", id: "m:id1" });
    server.line.says({ t: "queue", position: 3, eta: null, open: true });
    expect(text(".place .said")).toBe("您前面还有 2 位，正在为您找客服人员");
    expect(one<HTMLAnchorElement>(".status .call").href).toBe("tel:4008201234");
  });

  test("asking from the page opens and asks in one action", () => {
    widget.human();
    connect();
    expect(server.line.names()).toEqual(["hello", "human"]);
  });
});

describe("the AI label (W8)", () => {
  test("stands in the header, on the greeting and on every answer, and changes with the person", () => {
    widget.open();
    connect();
    event(1, { kind: "message", from: "bot", ai: true, text: "您好" });
    expect(text(".header h2")).toBe("AI 智能助手");
    const labels = widget.element.shadowRoot?.querySelectorAll(".row.bot .ai") ?? [];
    expect([...labels].map((label) => label.textContent)).toEqual(["AI 智能助手", "AI 智能助手"]);
    event(2, { kind: "move", from: "agent", owner: "human", name: "小李" });
    expect(text(".header h2")).toBe("客服人员 小李");
    expect(text(".log")).toContain("客服人员 小李 来了");
  });
});

describe("an answer that grows", () => {
  const grow = (at: number, text: string) =>
    server.line.says({ t: "delta", stream: "s", ai: true, at, text });
  const shown = () => [...(widget.element.shadowRoot?.querySelectorAll(".row.bot") ?? [])].slice(1);

  beforeEach(() => {
    widget.open();
    connect();
    type("退款多久到账");
    event(1, { kind: "message", from: "visitor", id: "id1", text: "退款多久到账" });
    grow(0, "三天");
    grow(2, "内到账。");
  });

  test("is labelled as the machine's, hidden from screen readers, and becomes the message (W8)", () => {
    expect(shown().map((row) => row.querySelector(".bubble")?.textContent)).toEqual([
      "三天内到账。",
    ]);
    expect(shown()[0]?.querySelector(".ai")?.textContent).toBe(words("zh-CN")("ai"));
    expect(shown()[0]?.getAttribute("aria-hidden")).toBe("true");
    event(2, { kind: "message", from: "bot", ai: true, text: "三天内到账。谢谢！" });
    expect(shown()).toHaveLength(1);
    expect(shown()[0]?.hasAttribute("aria-hidden")).toBe(false);
    expect(text(".log")).toContain("三天内到账。谢谢！");
  });

  test("is gone the moment a person is asked for, and does not come back (invariant 3)", () => {
    one(".human").click();
    expect(shown()).toEqual([]);
    grow(6, "另外");
    expect(shown()).toEqual([]);
    event(2, { kind: "move", from: "visitor", owner: "waiting", reason: "button" });
    expect(text(".log")).not.toContain("三天");
  });
});

describe("writing", () => {
  beforeEach(() => {
    widget.open();
    connect();
  });

  test("Enter sends, Shift+Enter does not, and nothing is sent empty", () => {
    type("第一行", { key: "Enter", shiftKey: true });
    expect(server.line.names()).not.toContain("message");
    type("   ");
    expect(server.line.names()).not.toContain("message");
    type("你好");
    expect(server.line.sent.at(-1)).toEqual({ t: "message", id: "id1", text: "你好" });
    expect(one<HTMLTextAreaElement>("textarea").value).toBe("");
  });

  test.each([{ isComposing: true }, { keyCode: 229 }])(
    "Enter of an input method never sends: %j (W18)",
    (how) => {
      type("ni hao", { key: "Enter", ...how });
      expect(server.line.names()).not.toContain("message");
      expect(one<HTMLTextAreaElement>("textarea").value).toBe("ni hao");
    },
  );

  test("what is typed is kept until it is sent (W17)", () => {
    type("还没写完", { key: "a" });
    expect(localStorage.getItem("yijian:demo:draft")).toContain("还没写完");
    type("写完了");
    expect(localStorage.getItem("yijian:demo:draft")).toBeNull();
  });

  test("a text that is too long stays and says what to do", () => {
    type("字".repeat(3_000));
    expect(text(".composer .bad")).toContain("请分成几段");
    expect(one<HTMLTextAreaElement>("textarea").value).toHaveLength(3_000);
  });

  test("a refused message says why and gives its text back", () => {
    type("你好");
    const id = "id1";
    server.line.says({ t: "error", code: "bad_text", message: "没有可以看到的文字。", id });
    expect(text(".mark")).toContain("没有可以看到的文字。");
    one(".mark button").click();
    expect(one<HTMLTextAreaElement>("textarea").value).toBe("你好");
    expect(widget.element.shadowRoot?.querySelectorAll(".row.visitor")).toHaveLength(0);
  });

  test("texts are text: markup shows as it is and only web addresses become links", async () => {
    const hostile = "<img src=x onerror=alert(1)> javascript:alert(1) https://a.example/x";
    event(1, { kind: "message", from: "agent", name: "<b>x</b>", text: hostile });
    expect(text(".row.agent .bubble")).toBe(hostile);
    expect(one(".row.agent").querySelector("img, b")).toBeNull();
    await vi.waitFor(() => one(".row.agent a"));
    const links = [...one(".row.agent").querySelectorAll("a")].map((link) => link.href);
    expect(links).toEqual(["https://a.example/x"]);
    expect(text(".row.agent .bubble")).toBe(hostile);
  });
});

describe("without a connection", () => {
  test("a message waits, the state is told, and after a while the phone is offered (W19)", () => {
    widget.open();
    connect();
    server.line.drops();
    type("在吗");
    clock.pass(20_000);
    widget.render();
    expect(text(".mark")).toBe("等待发送…");
    expect(text(".lost")).toContain("暂时连不上，正在重试");
    expect(text(".lost")).toContain("400-820-1234");
  });

  test("a refused connection can be tried again by hand", () => {
    widget.open();
    server.line.opens();
    server.line.drops(3501);
    one(".lost .quiet").click();
    expect(server.lines).toHaveLength(2);
  });
});

describe("the end for silence (W16)", () => {
  const sent = (t: string) => server.line.names().filter((name) => name === t).length;
  const hide = (hidden: boolean) => {
    vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
    document.dispatchEvent(new Event("visibilitychange"));
    widget.render();
  };
  /** The strip, once it was fetched for the first warning. */
  const warned = () => {
    server.line.says({ t: "idle", warn: true, left_ms: 61_000 });
    return vi.waitFor(() => {
      expect(text(".status .strip")).toContain("您还在吗");
      return one(".status .strip");
    });
  };
  afterEach(() => vi.restoreAllMocks());

  test("is announced in minutes and put off with one tap, as often as one likes", async () => {
    widget.open();
    connect();
    const strip = await warned();
    for (let i = 0; i < 12; i += 1) {
      server.line.says({ t: "idle", warn: true, left_ms: 61_000 });
      expect(strip.hidden).toBe(false);
      expect(one(".said").getAttribute("role")).toBe("status");
      expect(strip.textContent).toContain("您还在吗");
      expect(strip.textContent).toContain("约 2 分钟");
      clock.pass(2_000);
      widget.render();
      expect(strip.textContent).toContain("约 1 分钟");
      strip.querySelector("button")?.click();
      expect(server.line.sent.at(-1)).toEqual({ t: "extend" });
      server.line.says({ t: "idle", warn: false, left_ms: 1_200_000 });
      expect(strip.hidden).toBe(true);
    }
  });

  test("is reported as seen once for each time it is told, when it is on a visible screen", async () => {
    widget.open();
    connect();
    hide(true);
    await warned();
    server.line.says({ t: "idle", warn: true, left_ms: 60_000 });
    clock.pass(5_000);
    widget.render();
    expect(sent("shown")).toBe(0);
    hide(false);
    widget.render();
    expect(sent("shown")).toBe(1);
    clock.pass(10_000);
    server.line.says({ t: "idle", warn: true, left_ms: 60_000 });
    expect(sent("shown")).toBe(2);
    server.line.says({ t: "idle", warn: false });
    widget.render();
    expect(sent("shown")).toBe(2);
  });

  test("is not reported as seen while the chat is put away", async () => {
    widget.open();
    connect();
    await warned();
    expect(sent("shown")).toBe(1);
    widget.close();
    server.line.says({ t: "idle", warn: false });
    clock.pass(5_000);
    server.line.says({ t: "idle", warn: true, left_ms: 60_000 });
    expect(sent("shown")).toBe(1);
    widget.open();
    expect(sent("shown")).toBe(2);
  });

  test("is answered by typing, to a bot too", () => {
    widget.open();
    connect();
    type("一", { key: "一" });
    server.line.says({ t: "idle", warn: true, left_ms: 60_000 });
    expect(sent("typing")).toBe(1);
    clock.pass(3_000);
    type("一个", { key: "个" });
    expect(sent("typing")).toBe(2);
  });
});

test("with the stores away it shows phone and hours at once and keeps the words (W19)", () => {
  widget.open();
  server.line.opens();
  const site = { id: "demo", name: "Demo", phone: "400-820-1234", hours: "9–21" };
  server.line.says({ t: "error", code: "unavailable", message: "…", retry_ms: 2_000, site });
  server.line.drops(3003);
  type("在吗");
  expect(text(".lost")).toContain("客服暂时连不上");
  expect(text(".lost")).toContain("9–21");
  expect(one<HTMLAnchorElement>(".lost .call").href).toBe("tel:4008201234");
  expect(text(".mark")).toBe("等待发送…");
  expect(localStorage.getItem("yijian:demo:outbox")).toContain("在吗");
});

describe("the end", () => {
  beforeEach(() => {
    widget.open();
    connect("human");
    event(1, { kind: "message", from: "agent", name: "小李", text: "您好" });
  });

  test("asks before it ends, and can be thought over (W19)", async () => {
    const ask = async () => {
      one(".links .link:last-child").click();
      await vi.waitFor(() => expect(one(".footer [role=status]").hidden).toBe(false));
    };
    await ask();
    expect(text(".footer")).toContain("要结束这次聊天吗");
    one(".footer .quiet").click();
    expect(server.line.names()).not.toContain("end");
    await ask();
    one(".footer .primary").click();
    expect(server.line.names()).toContain("end");
  });

  test("the rating is asked once, and writing on goes on (W23)", async () => {
    expect(widget.element.shadowRoot?.querySelector(".rating")).toBeNull();
    event(2, { kind: "move", from: "agent", owner: "closed" });
    await vi.waitFor(() => one(".rating"), 10_000);
    expect(text(".rating:not([hidden])")).toContain("问题解决了吗");
    one(".rating:not([hidden]) .quiet").click();
    const star = one<HTMLInputElement>("input[value='4']");
    star.click();
    star.dispatchEvent(new Event("change"));
    one(".rating:not([hidden]) .primary").click();
    expect(server.line.sent.at(-1)).toMatchObject({ t: "rate", score: 4 });
    expect(one(".extras > :last-child").hidden).toBe(true);
    event(3, { kind: "rating", from: "visitor", score: 4 });
    expect(text(".log")).toContain("谢谢您的评价");
    type("还有一个问题");
    expect(server.line.sent.at(-1)).toMatchObject({ t: "message", text: "还有一个问题" });
  });
});

test("the place is spoken at most every half minute, and the last word is not lost (W7)", () => {
  widget.open();
  connect();
  event(1, { kind: "move", from: "visitor", owner: "waiting" });
  const at = (position: number) =>
    server.line.says({ t: "queue", position, eta: null, open: true });
  at(5);
  clock.pass(31_000);
  widget.render();
  expect(one(".place .said").ariaLive).toBe("polite");
  at(4);
  expect([one(".place .said").ariaLive, text(".place .said").includes("3")]).toEqual(["off", true]);
  clock.pass(31_000);
  widget.render();
  expect(one(".place .said").ariaLive).toBe("polite");
});

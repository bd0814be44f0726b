import { expect, test, vi } from "vitest";
import { createApi, type Emit, type Running } from "./api";

function chat(): Running {
  return {
    open: vi.fn(),
    close: vi.fn(),
    show: vi.fn(),
    hide: vi.fn(),
    requestHuman: vi.fn(),
    update: vi.fn(),
    shutdown: vi.fn(),
  };
}

/** A page whose chats come when the test says so. */
function page() {
  const arrivals: ((chat: Running) => void)[] = [];
  let tell: Emit = () => {};
  const start = vi.fn((_, emit: Emit) => {
    tell = emit;
    return new Promise<Running>((done) => arrivals.push(done));
  });
  const { call, isReady } = createApi(start);
  return { call, isReady, start, arrivals, emit: ((e, d) => tell(e, d)) as Emit };
}

test("what is said before the chat is there is done when it is, in order", async () => {
  const { call, arrivals } = page();
  const done: string[] = [];
  const opened = call("open").then(() => done.push("open"));
  const asked = call("requestHuman").then(() => done.push("human"));
  const booted = call("boot", { site: "demo" });
  expect(done).toEqual([]);
  const here = chat();
  arrivals[0]?.(here);
  await Promise.all([booted, opened, asked]);
  expect(done).toEqual(["open", "human"]);
  expect(here.open).toHaveBeenCalledOnce();
  expect(here.requestHuman).toHaveBeenCalledOnce();
});

test("a listener hears until it says stop, and ready is never missed", async () => {
  const { call, arrivals, emit } = page();
  const heard: unknown[] = [];
  const stop = call("on", "unread", ({ count }) => heard.push(count));
  const booted = call("boot", { site: "demo" });
  arrivals[0]?.(chat());
  await booted;
  emit("unread", { count: 1 });
  stop();
  emit("unread", { count: 2 });
  expect(heard).toEqual([1]);
  await new Promise<void>((done) => call("on", "ready", () => done()));
});

test("a verb that there is not is refused with its name, and boot without a site with the reason", async () => {
  const { call, arrivals } = page();
  const any = call as unknown as (verb: string, what?: unknown) => Promise<void>;
  await expect(any("boot", {})).rejects.toThrow("no site");
  const booted = any("boot", { site: "demo" });
  arrivals[0]?.(chat());
  await booted;
  await expect(any("opne")).rejects.toThrow('"opne"');
  await expect(any("constructor")).rejects.toThrow('"constructor"');
});

test("shutdown takes the chat away, also one that is still on its way, and boot brings another", async () => {
  const { call, arrivals, isReady } = page();
  void call("boot", { site: "demo" });
  const gone = call("shutdown", { forget: true });
  const first = chat();
  arrivals[0]?.(first);
  await gone;
  expect(vi.mocked(first.shutdown).mock.calls).toEqual([[{ forget: true }]]);
  expect(isReady()).toBe(false);
  const booted = call("boot", { site: "other" });
  arrivals[1]?.(chat());
  await booted;
  expect(isReady()).toBe(true);
});

test("another look is a change, another language another chat", async () => {
  const { call, arrivals, start } = page();
  const booted = call("boot", { site: "demo", color: "#000" });
  const first = chat();
  arrivals[0]?.(first);
  await booted;
  await call("update", { position: "left" });
  expect(vi.mocked(first.update).mock.calls).toEqual([[{ position: "left" }]]);
  const again = call("update", { language: "en" });
  arrivals[1]?.(chat());
  await again;
  expect(first.shutdown).toHaveBeenCalledOnce();
  expect(start.mock.calls[1]?.[0]).toEqual({ site: "demo", color: "#000", language: "en" });
});

import { describe, expect, test } from "vitest";
import { dialer } from "./dial";
import { FakeLine } from "./fakes";

/** A line that also tells listeners, as a WebSocket does. */
class FakeWebSocket extends FakeLine {
  readonly #target = new EventTarget();
  readonly addEventListener = this.#target.addEventListener.bind(this.#target);

  hears(): void {
    this.#target.dispatchEvent(new Event("message"));
  }

  ends(): void {
    this.#target.dispatchEvent(new Event("close"));
  }
}

function setUp(load: () => Promise<FakeLine | null>) {
  const sockets: FakeWebSocket[] = [];
  let loads = 0;
  const dial = dialer({
    open: () => {
      const socket = new FakeWebSocket();
      sockets.push(socket);
      return socket;
    },
    load: async () => {
      loads += 1;
      const line = await load();
      return () => line;
    },
  });
  /** Dials a WebSocket that ends; the microtasks let a load finish. */
  const fail = async (heard = false) => {
    dial();
    const socket = sockets.at(-1);
    if (heard) socket?.hears();
    socket?.ends();
    await Promise.resolve().then(() => Promise.resolve());
    await new Promise((done) => setImmediate(done));
  };
  return { dial, sockets, fail, loads: () => loads };
}

describe("WebSockets that break", () => {
  test("one may happen to anybody; after two in a row the other way is fetched and taken", async () => {
    const other = new FakeLine();
    const { dial, fail, loads } = setUp(async () => other);
    await fail();
    expect(loads()).toBe(0);
    await fail();
    expect(loads()).toBe(1);
    expect(dial()).toBe(other);
    expect(dial()).toBe(other);
  });

  test("a frame that came through proves the way, and the count begins anew", async () => {
    const { fail, loads } = setUp(async () => new FakeLine());
    await fail();
    await fail(true);
    await fail();
    expect(loads()).toBe(0);
  });

  test("where nothing can be fetched WebSockets go on being tried, and so does the fetching", async () => {
    let online = false;
    const other = new FakeLine();
    const { dial, fail, sockets, loads } = setUp(async () => {
      if (!online) throw new Error("no network");
      return other;
    });
    for (let i = 0; i < 4; i += 1) await fail();
    expect([sockets.length, loads()]).toEqual([4, 3]);
    online = true;
    await fail();
    expect(dial()).toBe(other);
  });

  test("when the other way steps back a WebSocket has its try", async () => {
    const { dial, fail, sockets } = setUp(async () => null);
    await fail();
    await fail();
    expect(dial()).toBe(sockets.at(-1));
  });
});

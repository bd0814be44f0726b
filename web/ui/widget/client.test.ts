import { beforeEach, describe, expect, test } from "vitest";
import { FakeClock, FakeServer } from "../shared/fakes";
import { type Client, createClient } from "./client";
import { type Backing, openStore } from "./store";

let clock: FakeClock;
let server: FakeServer;
let entries: Map<string, string>;
let serial: number;

const WELCOME = {
  t: "welcome",
  session: "s1",
  token: "tok",
  seq: 0,
  owner: "bot",
  policy: 1,
  limits: { frame: 16384, text: 8192, per_minute: 60, ping_ms: 25000 },
  reset: false,
  site: { id: "demo", name: "Demo", phone: "400" },
};

type Alone = (run: () => Promise<void>) => void;

/** A page of the site: every call is a fresh load that shares the browser's storage. */
function load(alone: Alone = (run) => void run()): Client {
  const backing: Backing = {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => entries.set(key, value),
    removeItem: (key) => entries.delete(key),
  };
  return createClient({
    site: "demo",
    lang: "en",
    dial: server.dial,
    clock,
    random: () => 0,
    alone,
    newId: () => {
      serial += 1;
      return `id${serial}`;
    },
    store: openStore("demo", backing, () => clock.now()),
    contact: { phone: "page" },
    onChange: () => {},
  });
}

function welcome(over: object = {}): void {
  server.line.opens();
  server.line.says({ ...WELCOME, ...over });
}

function event(seq: number, body: object): void {
  server.line.says({ t: "event", seq, at: "2026-11-23T08:30:15Z", id: `e${seq}`, ...body });
}

beforeEach(() => {
  clock = new FakeClock(1_000);
  server = new FakeServer();
  entries = new Map();
  serial = 0;
});

test("nothing is stored and nobody is called before the visitor does something", () => {
  const client = load();
  expect(client.isExpected()).toBe(false);
  expect([server.lines.length, entries.size]).toEqual([0, 0]);
});

describe("a reload", () => {
  test("comes back with the token and takes the whole history", () => {
    load().connect();
    welcome();
    event(1, { kind: "message", from: "bot", text: "hello" });
    load().connect();
    server.line.opens();
    expect(server.line.sent).toEqual([{ t: "hello", site: "demo", lang: "en", token: "tok" }]);
  });

  test("does not connect by itself while only the bot answers", () => {
    load().connect();
    welcome();
    expect(load().isExpected()).toBe(false);
  });

  test.each(["waiting", "human"])("connects at once when the owner is %s", (owner) => {
    load().connect();
    welcome({ owner });
    expect(load().isExpected()).toBe(true);
  });

  test("sends what was written offline, the press for a person first", () => {
    const first = load();
    first.say("is anybody there?");
    first.human();
    const second = load();
    expect(second.isExpected()).toBe(true);
    expect(second.model().state.pending.map((own) => own.text)).toEqual(["is anybody there?"]);
    second.connect();
    welcome();
    expect(server.line.names()).toEqual(["hello", "human", "message"]);
    event(1, { kind: "move", from: "visitor", owner: "waiting", id: "m:id2" });
    event(2, { kind: "message", from: "visitor", text: "is anybody there?", id: "id1" });
    expect(load().model().state.pending).toEqual([]);
  });
});

describe("one press for a person (W1)", () => {
  test("works before there is a connection, and pressing again is the same press", () => {
    const client = load();
    client.human();
    client.human();
    expect(client.model().asking).toBe(true);
    welcome();
    expect(server.line.sent.slice(1)).toEqual([{ t: "human", id: "id1" }]);
  });

  test("in line it asks for the place again, with a person for another one", () => {
    const client = load();
    client.human();
    welcome();
    event(1, { kind: "move", from: "visitor", owner: "waiting", id: "m:id1" });
    client.human();
    expect(server.line.sent).toContainEqual({ t: "human", id: "id2" });
    server.line.says({ t: "queue", position: 1, eta: null, open: true });
    expect(client.model().asking).toBe(false);
  });

  test("survives a connection that dies under it, under the same id", () => {
    const client = load();
    client.connect();
    welcome();
    client.human();
    server.line.drops();
    clock.pass(1);
    welcome();
    expect(server.line.sent.at(-1)).toEqual({ t: "human", id: "id1" });
  });
});

describe("a session that can no longer be opened", () => {
  const gone = (code: string) => server.line.says({ t: "error", code, message: "…" });
  const begin = () => server.line.says({ ...WELCOME, session: "s2", token: "tok2" });

  test.each(["bad_token", "no_session"])("%s: begins anew and keeps the words", (code) => {
    load().connect();
    welcome();
    const client = load();
    client.say("hello?");
    server.line.opens();
    gone(code);
    server.line.opens();
    expect(server.line.sent).toEqual([{ t: "hello", site: "demo", lang: "en" }]);
    begin();
    expect(server.line.names()).toEqual(["hello", "message"]);
    expect(client.model().state.problem).toBeNull();
  });

  test("of one that was erased nothing is said again", () => {
    const client = load();
    client.connect();
    welcome();
    client.say("my name is Wang");
    event(1, { kind: "message", from: "visitor", text: "my name is Wang", id: "id1" });
    event(2, { kind: "move", from: "visitor", owner: "waiting" });
    server.line.drops();
    clock.pass(1);
    server.line.opens();
    gone("erased");
    server.line.opens();
    begin();
    expect(server.line.names()).toEqual(["hello"]);
    expect(client.model().state.events).toEqual([]);
  });

  test("who had asked for a person has still asked, and need not repeat a word", () => {
    const client = load();
    client.connect();
    welcome();
    client.say("my parcel is lost");
    event(1, { kind: "message", from: "visitor", text: "my parcel is lost", id: "id1" });
    event(2, { kind: "move", from: "visitor", owner: "waiting" });
    server.line.drops();
    client.say("hello?");
    clock.pass(1);
    server.line.opens();
    gone("no_session");
    server.line.opens();
    begin();
    expect(server.line.names()).toEqual(["hello", "human", "message", "message"]);
    const texts = server.line.sent.slice(2).map(({ id, text }) => [id, text]);
    expect(texts).toEqual([
      ["id1", "my parcel is lost"],
      ["id2", "hello?"],
    ]);
  });

  test("a reload that finds it gone asks for the person again", () => {
    load().connect();
    welcome({ owner: "waiting" });
    load().connect();
    server.line.opens();
    gone("no_session");
    server.line.opens();
    begin();
    expect(server.line.names()).toEqual(["hello", "human"]);
  });

  test("without a token there is nothing to give up, and no loop", () => {
    load().connect();
    server.line.opens();
    gone("no_session");
    expect(server.lines).toHaveLength(1);
  });
});

describe("several tabs are one conversation", () => {
  /** As the browser's locks do it: one after another. */
  function turns(): (run: () => Promise<void>) => void {
    let last = Promise.resolve();
    return (run) => {
      last = last.then(run);
    };
  }
  const settle = () => new Promise<void>((done) => setImmediate(done));
  const tokens = () => server.lines.map((line) => line.sent[0]?.token);

  test("two fresh tabs at the same moment: one begins, the other takes part", async () => {
    const alone = turns();
    const [first, second] = [load(alone), load(alone)];
    first.connect();
    second.connect();
    await settle();
    expect(server.lines).toHaveLength(1);
    welcome();
    await settle();
    expect(server.lines).toHaveLength(2);
    server.line.opens();
    expect(tokens()).toEqual([undefined, "tok"]);
  });

  test("without locks the one that is welcomed second gives its own up, with its words", () => {
    load().connect();
    const second = load();
    second.say("hello?");
    const [one, two] = server.lines;
    one?.opens();
    two?.opens();
    one?.says(WELCOME);
    two?.says({ ...WELCOME, session: "s2", token: "tok2" });
    welcome();
    expect(server.line.sent[0]?.token).toBe("tok");
    expect(server.line.names()).toEqual(["hello", "message"]);
    expect(JSON.parse(entries.get("yijian:demo:session") ?? "").token).toBe("tok");
  });

  test("a tab that waits for its turn follows at once when it hears of the other's token", () => {
    const never = () => {};
    const second = load(never);
    second.connect();
    load().connect();
    welcome();
    second.follow();
    server.line.opens();
    expect(tokens()).toEqual([undefined, "tok"]);
  });

  test("when one begins anew the others follow, and nobody writes the old token back", () => {
    const first = load();
    first.connect();
    welcome();
    const [line] = server.lines;
    const second = load();
    second.connect();
    welcome();
    second.say("mine");
    server.line.says({ t: "error", code: "no_session", message: "…" });
    server.line.opens();
    server.line.says({ ...WELCOME, session: "s2", token: "tok2" });
    line?.says({
      t: "event",
      seq: 1,
      at: "",
      kind: "move",
      from: "agent",
      owner: "human",
      id: "e",
    });
    expect(JSON.parse(entries.get("yijian:demo:session") ?? "").token).toBe("tok2");
    first.follow();
    server.line.opens();
    expect(server.line.sent).toEqual([{ t: "hello", site: "demo", lang: "en", token: "tok2" }]);
  });

  test("a tab that nobody has opened stays asleep", () => {
    const idle = load();
    load().connect();
    welcome();
    idle.follow();
    expect(server.lines).toHaveLength(1);
  });

  test("without storage each tab has its own, and everything works", () => {
    const client = createClient({
      site: "demo",
      lang: "en",
      dial: server.dial,
      clock,
      random: () => 0,
      alone: (run) => void run(),
      newId: () => "id1",
      store: openStore("demo", null, () => clock.now()),
      onChange: () => {},
    });
    client.say("hello?");
    welcome();
    client.follow();
    expect(server.line.names()).toEqual(["hello", "message"]);
    server.line.drops();
    clock.pass(1);
    server.line.opens();
    expect(server.line.sent[0]?.token).toBe("tok");
  });
});

describe("a page that is left", () => {
  test("hangs up, so that it may be kept, and is connected again when it is returned to", () => {
    const client = load();
    client.connect();
    welcome();
    event(1, { kind: "message", from: "bot", text: "hi" });
    client.leave();
    expect(server.line.isClosed).toBe(true);
    clock.pass(600_000);
    expect(server.lines).toHaveLength(1);
    client.wake();
    server.line.opens();
    expect(server.line.sent).toEqual([
      { t: "hello", site: "demo", lang: "en", token: "tok", since: 1, tail: "e1" },
    ]);
  });

  test("that was never opened stays asleep", () => {
    const client = load();
    client.leave();
    client.wake();
    expect(server.lines).toHaveLength(0);
  });

  test("lets the next tab begin", async () => {
    let isFree = false;
    const client = load(async (run) => {
      await run();
      isFree = true;
    });
    client.connect();
    client.leave();
    await new Promise<void>((done) => setImmediate(done));
    expect(isFree).toBe(true);
  });
});

describe("the stores behind the server are away", () => {
  const away = () => {
    server.line.opens();
    const site = { id: "demo", name: "Demo", phone: "400", hours: "9–21" };
    server.line.says({ t: "error", code: "unavailable", message: "…", retry_ms: 1, site });
    server.line.drops(3003);
  };

  test("phone and hours are known all the same, and what is written waits (W19)", () => {
    const client = load();
    expect(client.model().phone).toBe("page");
    client.say("hello?");
    away();
    const { down, phone, hours, state } = client.model();
    expect([down, phone, hours]).toEqual([true, "400", "9–21"]);
    expect([state.problem, state.pending.length]).toEqual([null, 1]);
    clock.pass(1_000);
    welcome();
    expect(server.line.names()).toEqual(["hello", "message"]);
    expect(client.model().down).toBe(false);
  });
});

test("an acknowledged message that a failover took back is sent again on the living line (Invariant 1)", () => {
  const client = load();
  client.connect();
  welcome();
  client.say("first");
  server.line.says({ t: "ack", id: "id1", seq: 1 });
  event(1, { kind: "message", from: "visitor", text: "first", id: "id1" });
  client.say("second");
  server.line.says({ t: "ack", id: "id2", seq: 2 });
  server.line.says({ ...WELCOME, reset: true, seq: 1 });
  event(1, { kind: "message", from: "bot", text: "another log" });
  const again = server.line.sent.filter(({ t }) => t === "message").map(({ id }) => id);
  expect(again).toEqual(["id1", "id2", "id1", "id2"]);
  expect(server.lines).toHaveLength(1);
});

describe("a wish for a person that a failover took back (Invariant 4)", () => {
  const asks = () => server.line.sent.filter(({ t }) => t === "human").map(({ id }) => id);

  test("is made again on the living line", () => {
    const client = load();
    client.connect();
    welcome();
    client.human();
    event(1, { kind: "move", from: "visitor", owner: "waiting", reason: "button", id: "m:id1" });
    server.line.says({ ...WELCOME, reset: true });
    expect(asks()).toEqual(["id1", "id2"]);
  });

  test("is not made again where the new log has it, or where nobody had wished for one", () => {
    load().connect();
    welcome({ owner: "waiting" });
    server.line.says({ ...WELCOME, reset: true, owner: "waiting" });
    server.line.says({ ...WELCOME, reset: true, owner: "closed" });
    server.line.says({ ...WELCOME, reset: true });
    expect(asks()).toEqual([]);
  });
});

test("one tap keeps the chat that was about to end for silence (W16)", () => {
  const client = load();
  client.connect();
  welcome();
  server.line.says({ t: "idle", warn: true, left_ms: 60_000 });
  expect(client.model().state.endsAt).toBe(clock.now() + 60_000);
  client.send({ t: "extend" });
  expect(server.line.names()).toEqual(["hello", "extend"]);
  server.line.says({ t: "idle", warn: false, left_ms: 1_200_000 });
  expect(client.model().state.endsAt).toBe(0);
});

test("an unknown site stops, and does not ask for ever", () => {
  const client = load();
  client.connect();
  server.line.opens();
  server.line.says({ t: "error", code: "unknown_site", message: "…" });
  server.line.drops(3501);
  clock.pass(600_000);
  expect([client.model().status, server.lines.length]).toEqual(["stopped", 1]);
});

test("a text over the limit is refused here and kept by the caller", () => {
  const client = load();
  client.connect();
  welcome({ limits: { ...WELCOME.limits, text: 10 } });
  expect(client.say("字字字字")).toBe(false);
  expect(client.say("字字字")).toBe(true);
  expect(client.model().state.pending).toHaveLength(1);
});

test("typing is said every few seconds to a person, and to a bot twice a minute, without a word of it (S8, W16)", () => {
  clock.pass(60_000);
  const client = load();
  client.connect();
  welcome();
  for (let i = 0; i < 31; i += 1) {
    client.typing();
    clock.pass(1_000);
    if (server.line.names().at(-1) === "ping") server.line.says({ t: "pong" });
  }
  client.typing();
  const typed = server.line.sent.splice(0).filter(({ t }) => t === "typing");
  expect(typed).toEqual([{ t: "typing" }, { t: "typing" }]);
  clock.pass(3_000);
  event(1, { kind: "move", from: "agent", owner: "human" });
  for (let i = 0; i < 6; i += 1) {
    client.typing();
    clock.pass(1_000);
  }
  expect(server.line.sent).toEqual([{ t: "typing" }, { t: "typing" }]);
});

test("a person's message is reported read once, even after a reload", () => {
  const client = load();
  client.connect();
  welcome();
  event(1, { kind: "message", from: "bot", text: "hi" });
  client.seen();
  event(2, { kind: "message", from: "agent", text: "hello" });
  client.seen();
  client.seen();
  expect(server.line.sent.slice(1)).toEqual([{ t: "read", seq: 2 }]);
  event(3, { kind: "read", from: "visitor", upto: 2 });
  const again = load();
  again.connect();
  welcome();
  event(2, { kind: "message", from: "agent", text: "hello" });
  event(3, { kind: "read", from: "visitor", upto: 2 });
  again.seen();
  expect(server.line.names()).toEqual(["hello"]);
});

test("the phone of the site is known before the next connection", () => {
  load().connect();
  welcome();
  expect(load().model().phone).toBe("400");
});

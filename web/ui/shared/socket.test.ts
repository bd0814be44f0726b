import { beforeEach, describe, expect, test } from "vitest";
import { visitorAnswers } from "./answer";
import { FakeClock, FakeServer } from "./fakes";
import { parseVisitor } from "./parse";
import { Socket, type Status } from "./socket";
import type { VisitorIn, VisitorKept, VisitorOut } from "./wire";

const WELCOME = {
  t: "welcome",
  session: "s1",
  token: "tok",
  seq: 0,
  owner: "bot",
  policy: 1,
  limits: { frame: 16384, text: 8192, per_minute: 60, ping_ms: 25000 },
  reset: false,
  site: { id: "demo", name: "Demo" },
};

let clock: FakeClock;
let server: FakeServer;
let heard: VisitorIn[];
let skipped: unknown[];
let statuses: Status[];

function open(random = 0.5): Socket<VisitorIn, VisitorOut, VisitorKept> {
  const socket = new Socket<VisitorIn, VisitorOut, VisitorKept>({
    dial: server.dial,
    clock,
    random: () => random,
    hello: () => ({ t: "hello", site: "demo", lang: "en" }),
    parse: parseVisitor,
    isReady: (frame) => frame.t === "welcome",
    answer: visitorAnswers(),
    isUrgent: (frame) => frame.t === "human",
    onFrame: (frame) => heard.push(frame),
    onStatus: (status) => statuses.push(status),
    onSkip: (data) => skipped.push(data),
  });
  socket.open();
  return socket;
}

function welcome(seq = 0): void {
  server.line.opens();
  server.line.says({ ...WELCOME, seq });
}

beforeEach(() => {
  clock = new FakeClock(10_000_000);
  server = new FakeServer();
  heard = [];
  skipped = [];
  statuses = [];
});

describe("connecting", () => {
  test("hello is the first frame and welcome makes it ready", () => {
    const socket = open();
    server.line.opens();
    expect(server.line.names()).toEqual(["hello"]);
    expect(socket.status).toBe("connecting");
    server.line.says(WELCOME);
    expect(socket.status).toBe("ready");
    expect(heard.map((frame) => frame.t)).toEqual(["welcome"]);
  });

  test("a malformed frame is skipped, told, and harms nothing", () => {
    const socket = open();
    welcome();
    for (const junk of ["{", "null", "[]", '{"t":"event","seq":"1"}', '{"t":"toString"}']) {
      server.line.says(junk);
    }
    expect(skipped).toHaveLength(5);
    expect(socket.status).toBe("ready");
  });

  test("a dial that throws is a loss like any other", () => {
    let dials = 0;
    const socket = new Socket<VisitorIn, VisitorOut, VisitorKept>({
      dial: () => {
        dials += 1;
        throw new Error("blocked");
      },
      clock,
      random: () => 1,
      hello: () => ({ t: "hello", site: "demo", lang: "en" }),
      parse: parseVisitor,
      isReady: () => false,
      answer: () => "none",
      onFrame: () => {},
      onStatus: () => {},
    });
    socket.open();
    expect(socket.status).toBe("resting");
    clock.pass(500);
    expect(dials).toBe(2);
  });

  test("a server that never answers hello is given up", () => {
    open();
    server.line.opens();
    clock.pass(15_000);
    expect(server.lines[0]?.isClosed).toBe(true);
    expect(statuses.at(-1)).toBe("resting");
  });
});

describe("coming back", () => {
  test("backoff doubles up to a bound, with full jitter", () => {
    open(1);
    for (const ms of [500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]) {
      const before = server.lines.length;
      server.line.drops();
      clock.pass(ms - 1);
      expect(server.lines).toHaveLength(before);
      clock.pass(1);
      expect(server.lines).toHaveLength(before + 1);
    }
  });

  test("a connection that lasted lets backoff start afresh, one that did not goes on", () => {
    open(1);
    server.line.drops();
    clock.pass(500);
    welcome();
    server.line.drops();
    clock.pass(999);
    expect(server.lines).toHaveLength(2);
    clock.pass(1);
    welcome();
    clock.pass(10_000);
    server.line.drops();
    clock.pass(500);
    expect(server.lines).toHaveLength(4);
  });

  test("bye says when to come back", () => {
    open(1);
    welcome();
    server.line.says({ t: "bye", code: "restart", retry_ms: 1800 });
    server.line.drops(3000);
    clock.pass(1799);
    expect(server.lines).toHaveLength(1);
    clock.pass(1);
    expect(server.lines).toHaveLength(2);
  });

  test.each([3000, 3001, 3499, 1006, 1009])("close %i comes back", (code) => {
    open();
    welcome();
    server.line.drops(code);
    expect(statuses.at(-1)).toBe("resting");
  });

  test.each([3500, 3501, 3502, 3999])("close %i stops until it is opened again", (code) => {
    const socket = open();
    welcome();
    server.line.drops(code);
    expect(statuses.at(-1)).toBe("stopped");
    clock.pass(600_000);
    expect(server.lines).toHaveLength(1);
    socket.open();
    expect(server.lines).toHaveLength(2);
  });

  test("waking does not wait for the backoff", () => {
    const socket = open(1);
    server.line.drops();
    socket.wake();
    expect(server.lines).toHaveLength(2);
  });
});

describe("a line that is only half open", () => {
  test("silence brings a ping, and no pong a new connection", () => {
    open(0);
    welcome();
    clock.pass(25_000);
    expect(server.line.names()).toEqual(["hello", "ping"]);
    clock.pass(8_000);
    expect(server.lines[0]?.isClosed).toBe(true);
    expect(server.lines).toHaveLength(2);
  });

  test("any frame is a sign of life", () => {
    open(0);
    welcome();
    for (let i = 0; i < 10; i += 1) {
      clock.pass(24_000);
      server.line.says({ t: "typing", from: "agent" });
    }
    expect(server.line.names()).toEqual(["hello"]);
  });

  test("a device that slept asks at once whether the line is alive, and gives it up if not", () => {
    open();
    welcome();
    clock.sleep(3_600_000);
    clock.pass(1_000);
    expect(server.line.names()).toEqual(["hello", "ping"]);
    clock.pass(8_000);
    expect(server.lines[0]?.isClosed).toBe(true);
  });

  test("a clock set back by hours delays neither a message nor the sign of life", () => {
    const socket = open();
    welcome();
    socket.keep({ t: "message", id: "a", text: "hi" });
    clock.sleep(-7_200_000);
    clock.pass(1_000);
    expect(server.line.names()).toEqual(["hello", "message", "ping", "message"]);
  });

  test("a dial during which the device slept is made anew", () => {
    open();
    clock.sleep(60_000);
    clock.pass(1_000);
    expect([server.lines.length, server.lines[0]?.isClosed]).toEqual([2, true]);
  });

  test("seconds that a busy page was late are no sleep", () => {
    open();
    welcome();
    for (let late = 0; late < 5; late += 1) {
      clock.sleep(3_000);
      clock.pass(1_000);
    }
    expect(server.line.names()).toEqual(["hello"]);
  });

  test("waking asks an open line at once", () => {
    const socket = open(0);
    welcome();
    socket.wake();
    expect(server.line.names()).toEqual(["hello", "ping"]);
    server.line.says({ t: "pong" });
    clock.pass(8_000);
    expect(server.lines).toHaveLength(1);
  });
});

describe("what is kept", () => {
  const message = { t: "message", id: "m1", text: "hi" } as const;

  test("is sent after welcome, once per answer, and again only after a loss", () => {
    const socket = open(0);
    socket.keep(message);
    socket.keep(message);
    welcome();
    expect(server.line.names()).toEqual(["hello", "message"]);
    server.line.drops();
    clock.pass(0);
    welcome();
    expect(server.line.names()).toEqual(["hello", "message"]);
    server.line.says({ t: "ack", id: "m1", seq: 1 });
    server.line.drops();
    clock.pass(0);
    welcome(1);
    expect(server.line.names()).toEqual(["hello"]);
    expect(socket.kept()).toEqual([]);
  });

  test("a press for a person goes before messages that waited longer", () => {
    const socket = open();
    socket.keep(message);
    socket.keep({ t: "human", id: "h1" });
    welcome();
    expect(server.line.names()).toEqual(["hello", "human", "message"]);
  });

  test("is sent again on a living line when no answer comes", () => {
    const socket = open();
    welcome();
    socket.keep(message);
    clock.pass(10_000);
    expect(server.line.names()).toEqual(["hello", "message", "message"]);
  });

  test("slow_down waits for retry_ms, a refusal ends it", () => {
    const socket = open();
    welcome();
    socket.keep(message);
    const error = { t: "error", message: "…", id: "m1" };
    server.line.says({ ...error, code: "slow_down", retry_ms: 4000 });
    clock.pass(3_000);
    expect(server.line.names()).toEqual(["hello", "message"]);
    clock.pass(2_000);
    expect(server.line.names()).toEqual(["hello", "message", "message"]);
    server.line.says({ ...error, code: "bad_text" });
    expect(socket.kept()).toEqual([]);
  });

  test("a frame that the server could never take is not taken here", () => {
    const socket = open();
    expect(socket.keep({ ...message, text: "字".repeat(6_000) })).toBe(false);
    expect(socket.kept()).toEqual([]);
  });

  test("an old move that is replayed does not answer a new press", () => {
    const socket = open();
    socket.keep({ t: "human", id: "h2" });
    welcome(1);
    const move = { t: "event", at: "", kind: "move", from: "visitor", owner: "waiting" };
    server.line.says({ ...move, seq: 1, id: "m:h1" });
    expect(socket.kept()).toHaveLength(1);
    server.line.says({ ...move, seq: 2, id: "m:h2" });
    expect(socket.kept()).toEqual([]);
  });

  test("a tap is answered by a place in line, a rating, or the notice of another press", () => {
    const socket = open();
    welcome();
    socket.keep({ t: "human", id: "h1" });
    server.line.says({ t: "queue", position: 1, eta: null, open: true });
    expect(socket.kept()).toEqual([]);
    socket.keep({ t: "human", id: "h2" });
    const event = { t: "event", at: "", from: "system" };
    const code = "another_person_asked";
    server.line.says({ ...event, seq: 1, id: "n", kind: "notice", code });
    expect(socket.kept()).toEqual([]);
    socket.keep({ t: "rate", id: "r1", score: 5 });
    server.line.says({ ...event, seq: 2, id: "rating", kind: "rating", score: 5 });
    expect(socket.kept()).toEqual([]);
  });

  test("nothing is sent after close, and everything is there after open", () => {
    const socket = open();
    welcome();
    socket.close();
    socket.keep(message);
    expect(socket.send({ t: "typing" })).toBe(false);
    clock.pass(600_000);
    expect(server.lines).toHaveLength(1);
    socket.open();
    welcome();
    expect(server.line.names()).toEqual(["hello", "message"]);
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import { FakeClock } from "./fakes";
import { pollWay } from "./poll";
import type { SocketLike } from "./socket";

interface Asked {
  body: { channel?: string; frames: { t: string }[]; wait?: boolean };
  signal: AbortSignal;
  answer: (value: unknown) => Promise<void>;
  fail: () => Promise<void>;
}

let clock: FakeClock;
let asked: Asked[];
let probes: boolean[];
let heard: unknown[];
let codes: number[];
let dial: () => SocketLike | null;

/** Lets promises that are settled run on. */
const settle = () => new Promise<void>((done) => setImmediate(done));

beforeEach(() => {
  clock = new FakeClock(1_000);
  asked = [];
  probes = [];
  heard = [];
  codes = [];
  dial = pollWay({
    clock,
    probe: async () => probes.shift() ?? false,
    post: (body, signal) =>
      new Promise((done, failed) => {
        asked.push({
          body: body as Asked["body"],
          signal,
          answer: (value) => {
            done(value);
            return settle();
          },
          fail: () => {
            failed(new Error("no network"));
            return settle();
          },
        });
      }),
  });
});

/** Opens a line as a Socket does. */
async function open(): Promise<SocketLike> {
  const line = dial();
  if (!line) throw new Error("the other way stepped back");
  line.onopen = () => line.send('{"t":"hello"}');
  line.onmessage = ({ data }) => heard.push(JSON.parse(String(data)));
  line.onclose = ({ code }) => codes.push(code);
  await settle();
  return line;
}

function last(): Asked {
  const request = asked.at(-1);
  if (!request) throw new Error("nothing was asked");
  return request;
}

const WELCOME = { channel: "c1", frames: [{ t: "welcome" }] };
const names = () =>
  asked.map(({ body }) => `${body.wait ? "wait" : "send"}:${body.frames.map((f) => f.t)}`);

describe("frames over plain requests", () => {
  test("hello opens a channel, one request waits, and frames go beside it in order", async () => {
    const line = await open();
    expect(last().body).toEqual({ frames: [{ t: "hello" }] });
    await last().answer(WELCOME);
    expect(heard).toEqual([{ t: "welcome" }]);
    expect(last().body).toEqual({ channel: "c1", frames: [], wait: true });
    line.send('{"t":"human"}');
    line.send('{"t":"typing"}');
    line.send('{"t":"message"}');
    expect(names()).toEqual(["send:hello", "wait:", "send:human"]);
    await last().answer({ frames: [] });
    expect(names()).toEqual(["send:hello", "wait:", "send:human", "send:typing,message"]);
  });

  test("an answer that overtakes an earlier request waits for it, and goes if that is lost", async () => {
    const line = await open();
    await last().answer(WELCOME);
    const waiting = last();
    line.send('{"t":"human"}');
    await last().answer({ frames: [{ t: "ack" }] });
    expect(heard).toEqual([{ t: "welcome" }]);
    await waiting.answer({ frames: [{ t: "event" }] });
    expect(heard).toEqual([{ t: "welcome" }, { t: "event" }, { t: "ack" }]);
    const lost = last();
    line.send('{"t":"typing"}');
    await last().answer({ frames: [{ t: "queue" }] });
    await lost.fail();
    expect([heard.length, codes]).toEqual([3, [1006]]);
  });

  test("what waits at the server comes, and the next request waits at once", async () => {
    await open();
    await last().answer(WELCOME);
    await last().answer({ frames: [{ t: "event" }, { t: "queue" }] });
    expect(heard).toEqual([{ t: "welcome" }, { t: "event" }, { t: "queue" }]);
    expect(names()).toEqual(["send:hello", "wait:", "wait:"]);
  });

  test("a server that does not hold a request is not asked without a breath", async () => {
    await open();
    await last().answer(WELCOME);
    await last().answer({ frames: [] });
    expect(asked).toHaveLength(2);
    clock.pass(500);
    await settle();
    expect(asked).toHaveLength(3);
  });

  test("closed says the code of the socket's close", async () => {
    await open();
    await last().answer(WELCOME);
    await last().answer({ frames: [{ t: "bye" }], closed: { code: 3000 } });
    expect([heard.at(-1), codes, asked.length]).toEqual([{ t: "bye" }, [3000], 2]);
  });

  test.each([null, 7, "no", { frames: 7 }, { channel: 7 }, { closed: {} }])(
    "an answer that is none ends the line: %j",
    async (junk) => {
      await open();
      await last().answer(WELCOME);
      await last().answer(junk);
      expect(codes).toEqual([1006]);
    },
  );

  test("hanging up ends the waiting request and is not told back", async () => {
    const line = await open();
    await last().answer(WELCOME);
    line.close();
    expect([last().signal.aborted, codes]).toEqual([true, []]);
  });
});

describe("when to poll", () => {
  test("a poll that never worked lets the WebSocket have its turn, then tries again", async () => {
    await open();
    await last().fail();
    expect(codes).toEqual([1006]);
    expect(dial()).toBeNull();
    expect(dial()).not.toBeNull();
  });

  test("a poll that worked and broke is polled again", async () => {
    await open();
    await last().answer(WELCOME);
    await last().fail();
    expect(dial()).not.toBeNull();
  });

  test("now and then it is seen whether WebSockets get through, and then they are used", async () => {
    probes = [false, true];
    await open();
    await last().answer(WELCOME);
    clock.pass(300_000);
    await settle();
    expect(codes).toEqual([]);
    clock.pass(300_000);
    await settle();
    expect(codes).toEqual([1006]);
    expect(dial()).toBeNull();
  });
});

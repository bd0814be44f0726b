import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseAgent, parseHistory, parseVisitor } from "./parse";

interface Golden {
  name: string;
  dir: "in" | "out" | "agent-in" | "agent-out";
  frame: Record<string, unknown>;
}

const file = new URL("../../wire/testdata/frames.json", import.meta.url);
const golden: Golden[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];

describe.skipIf(golden.length === 0)("the golden frames that Go writes", () => {
  const parserOf = ({ dir, frame }: Golden) => {
    if (frame.t === "history") return parseHistory;
    return dir === "out" ? parseVisitor : parseAgent;
  };
  const outgoing = golden.filter(({ dir }) => dir.endsWith("out"));

  test.each(outgoing)("$dir: $name", (sample) => {
    const { frame } = sample;
    expect(parserOf(sample)(JSON.stringify(frame))).toEqual(frame);
  });

  test.each(outgoing)("$dir: $name is refused without any field it needs", (sample) => {
    const { frame } = sample;
    const parse = parserOf(sample);
    expect(parse(JSON.stringify({ ...frame, t: 1 }))).toBeNull();
    for (const name of Object.keys(frame)) {
      const broken = parse(JSON.stringify({ ...frame, [name]: { not: "this" } }));
      // A field nobody checks may be anything; what is checked may not.
      if (broken) expect(broken).toHaveProperty("t", frame.t);
    }
  });
});

describe("what is not a frame is null, never an exception", () => {
  const junk: unknown[] = [
    undefined,
    null,
    new ArrayBuffer(4),
    "",
    "{",
    "null",
    "42",
    '"pong"',
    "[]",
    "{}",
    '{"t":null}',
    '{"t":"nothing"}',
    '{"t":"constructor"}',
    '{"t":"__proto__"}',
    '{"t":"welcome"}',
    '{"t":"event","seq":1,"at":"","kind":"message","from":"bot","id":"x"}',
    '{"t":"queue","position":1,"eta":["1","2"],"open":true}',
    '{"t":"ack","id":5,"seq":1}',
    '{"t":"bye","code":"restart","retry_ms":"soon"}',
  ];
  test.each(junk)("%s", (data) => {
    expect([parseVisitor(data), parseAgent(data), parseHistory(data)]).toEqual([null, null, null]);
  });
});

test("random bytes in a frame never throw (property)", () => {
  const seed = Date.now() % 100_000;
  let state = seed + 1;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const base = JSON.stringify(golden.map(({ frame }) => frame)) || '{"t":"pong"}';
  for (let round = 0; round < 2_000; round += 1) {
    const from = Math.floor(random() * base.length);
    const text = base.slice(from, from + Math.floor(random() * 400));
    expect(
      () => [parseVisitor(text), parseAgent(text), parseHistory(text)],
      `seed ${seed}`,
    ).not.toThrow();
  }
});

test("an event of a kind from the future keeps its place", () => {
  const frame = { t: "event", seq: 7, at: "", kind: "gesture", from: "visitor", id: "x" };
  expect(parseVisitor(JSON.stringify(frame))).toEqual({ ...frame, kind: "other" });
});

test("an empty list that Go wrote as null is an empty list", () => {
  expect(parseAgent('{"t":"queues","queues":null}')).toEqual({ t: "queues", queues: [] });
});

test("a page of history with anything in it that is no event is no page", () => {
  const page = { t: "history", before: 9, more: false };
  expect(parseHistory(JSON.stringify({ ...page, events: [{ t: "pong" }] }))).toBeNull();
  expect(parseHistory(JSON.stringify({ ...page, events: [7] }))).toBeNull();
  expect(parseHistory(JSON.stringify({ ...page, events: null }))).toEqual({ ...page, events: [] });
});

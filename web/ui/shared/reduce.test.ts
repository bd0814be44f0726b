import { describe, expect, test } from "vitest";
import { EMPTY, reduce, say, unsent, type VisitorState, withdraw } from "./reduce";
import type { VisitorEvent, VisitorIn, Welcome } from "./wire";

const AT = "2026-11-23T08:30:15.042Z";

function welcome(over: Partial<Welcome> = {}): Welcome {
  return {
    t: "welcome",
    session: "s1",
    token: "tok",
    seq: 0,
    owner: "bot",
    policy: 1,
    limits: { frame: 16384, text: 8192, per_minute: 60, ping_ms: 25000 },
    reset: false,
    site: { id: "demo", name: "Demo" },
    ...over,
  };
}

function message(seq: number, from: "visitor" | "bot" | "agent", id = `id${seq}`): VisitorEvent {
  return { t: "event", seq, at: AT, kind: "message", from, id, text: `text ${id}` };
}

function move(seq: number, owner: "bot" | "waiting" | "human" | "closed", name = ""): VisitorEvent {
  return { t: "event", seq, at: AT, kind: "move", from: "system", id: `m${seq}`, owner, name };
}

function fold(frames: VisitorIn[], from: VisitorState = EMPTY): VisitorState {
  return frames.reduce((state, frame) => reduce(state, frame, 1_000), from);
}

const seqs = (state: VisitorState) => state.events.map((event) => event.seq);
const ids = (state: VisitorState) => unsent(state).map((own) => own.id);

describe("the log", () => {
  test("stands in seq order without doubles, whatever the order of arrival", () => {
    const frames = [3, 1, 2, 3, 1, 5, 4].map((seq) => message(seq, "bot"));
    const state = fold([welcome(), ...frames]);
    expect(seqs(state)).toEqual([1, 2, 3, 4, 5]);
    expect([state.seq, state.tail]).toEqual([5, "id5"]);
  });

  test("a random order with doubles folds to the same log (property)", () => {
    const seed = Date.now() % 100_000;
    const random = generator(seed);
    for (let round = 0; round < 200; round += 1) {
      const order = Array.from({ length: 40 }, () => 1 + Math.floor(random() * 12));
      const state = fold(order.map((seq) => message(seq, "bot")));
      const want = [...new Set(order)].sort((a, b) => a - b);
      expect(seqs(state), `seed ${seed}`).toEqual(want);
    }
  });

  test("a kind from the future moves the position and nothing else", () => {
    const other: VisitorEvent = { t: "event", seq: 1, at: AT, kind: "other", from: "bot", id: "x" };
    const state = fold([welcome(), other]);
    expect([state.seq, state.tail, state.owner]).toEqual([1, "x", "bot"]);
  });
});

describe("own messages", () => {
  const own = { id: "mine", text: "hello", at: 5 };

  test("stand beside the log until their event comes, acknowledged or not", () => {
    let state = say(fold([welcome()]), own);
    expect(ids(state)).toEqual(["mine"]);
    state = fold([{ t: "ack", id: "mine", seq: 1 }], state);
    expect(state.pending.map((p) => p.state)).toEqual(["stored"]);
    state = fold([message(1, "visitor", "mine")], state);
    expect(state.pending).toEqual([]);
    expect(fold([{ t: "ack", id: "mine", seq: 1 }], state).pending).toEqual([]);
  });

  test("said twice under one id is said once", () => {
    expect(say(say(EMPTY, own), own).pending).toHaveLength(1);
  });

  test("a refusal stays with the message and its reason, and can be taken back", () => {
    const error: VisitorIn = { t: "error", code: "bad_text", message: "Write more.", id: "mine" };
    const state = fold([welcome(), error], say(EMPTY, own));
    expect(state.pending[0]).toMatchObject({ state: "refused", problem: "Write more." });
    expect(state.problem).toBeNull();
    expect(withdraw(state, "mine").pending).toEqual([]);
  });

  test("slow_down leaves the message unsent", () => {
    const error: VisitorIn = { t: "error", code: "slow_down", message: "…", id: "mine" };
    expect(ids(fold([welcome(), error], say(EMPTY, own)))).toEqual(["mine"]);
  });

  test("an error that names no message is a problem until something is said", () => {
    const state = fold([welcome(), { t: "error", code: "bad_frame", message: "Reload." }]);
    expect(state.problem?.message).toBe("Reload.");
    expect(say(state, own).problem).toBeNull();
  });
});

describe("who answers", () => {
  test("moves that are news change the owner, and the agent has a name", () => {
    let state = fold([welcome(), move(1, "waiting")]);
    expect(state.owner).toBe("waiting");
    state = fold([move(2, "human", "小林")], state);
    expect([state.owner, state.agent]).toEqual(["human", "小林"]);
  });

  test("moves that are replayed do not", () => {
    const state = fold([welcome({ seq: 3, owner: "human" }), move(1, "waiting")]);
    expect(state.owner).toBe("human");
  });

  test("the place in line goes with the line", () => {
    const place: VisitorIn = { t: "queue", position: 2, eta: [30, 60], open: true };
    let state = fold([welcome(), move(1, "waiting"), place]);
    expect(state.queue?.position).toBe(2);
    state = fold([move(2, "human")], state);
    expect(state.queue).toBeNull();
  });

  test("typing lasts some seconds, or until the message", () => {
    const state = fold([welcome(), { t: "typing", from: "agent" }]);
    expect(state.typingUntil).toBe(7_000);
    expect(fold([message(1, "agent")], state).typingUntil).toBe(0);
  });

  test("reads are kept by role and a rating once given stays", () => {
    const head = { t: "event", at: AT, id: "r" } as const;
    const state = fold([
      { ...head, seq: 1, kind: "read", from: "agent", upto: 7 },
      { ...head, seq: 2, kind: "read", from: "visitor", upto: 6 },
      { ...head, seq: 3, kind: "rating", from: "visitor", score: 4 },
    ]);
    expect([state.read, state.rated]).toEqual([{ agent: 7, visitor: 6 }, 4]);
  });
});

describe("an answer that grows", () => {
  const delta = (at: number, text: string, stream = "a"): VisitorIn => ({
    t: "delta",
    stream,
    ai: true,
    at,
    text,
  });
  const grown = fold([welcome(), message(1, "visitor"), delta(0, "退款"), delta(2, "三天")]);

  test("is put together, mended, and begun anew", () => {
    expect(grown.stream).toEqual({ id: "a", text: "退款三天" });
    expect(fold([delta(2, "两天")], grown).stream?.text).toBe("退款两天");
    expect(fold([delta(0, "您好", "b")], grown).stream).toEqual({ id: "b", text: "您好" });
  });

  test("leaves out a part whose beginning is not held", () => {
    expect(fold([welcome(), delta(7, "到账")]).stream).toBeNull();
    expect(fold([delta(7, "到账")], grown).stream?.text).toBe("退款三天");
    expect(fold([delta(2, "再见", "b")], grown).stream?.text).toBe("退款三天");
  });

  test("is no part of the log, and goes when a message or a move comes or the visitor writes", () => {
    expect([grown.seq, seqs(grown)]).toEqual([1, [1]]);
    for (const frame of [message(2, "bot"), message(2, "visitor"), move(2, "waiting"), welcome()])
      expect(fold([frame], grown).stream).toBeNull();
    expect(say(grown, { id: "m", text: "x", at: 1 }).stream).toBeNull();
  });

  test("stays through what is neither", () => {
    const read: VisitorIn = {
      t: "event",
      seq: 2,
      at: AT,
      id: "r",
      kind: "read",
      from: "agent",
      upto: 1,
    };
    expect(fold([read], grown).stream?.text).toBe("退款三天");
  });
});

describe("reset", () => {
  const held = fold([
    welcome(),
    message(1, "visitor", "a"),
    message(2, "bot"),
    message(3, "visitor", "b"),
    message(4, "visitor", "c"),
  ]);

  test("drops what is shown and sends again only what is missing, under the old ids", () => {
    let state = fold([welcome({ reset: true, seq: 2 })], held);
    expect([seqs(state), ids(state)]).toEqual([[], []]);
    state = fold([message(1, "visitor", "a"), message(2, "visitor", "b")], state);
    expect(ids(state)).toEqual(["c"]);
  });

  test("ends with the pong when the last events are not for the visitor's eyes", () => {
    let state = fold([welcome({ reset: true, seq: 9 }), message(1, "visitor", "a")], held);
    expect(ids(state)).toEqual([]);
    state = fold([{ t: "pong" }], state);
    expect(ids(state)).toEqual(["b", "c"]);
  });

  test("an empty log takes everything again", () => {
    expect(ids(fold([welcome({ reset: true, seq: 0 })], held))).toEqual(["a", "b", "c"]);
  });

  test("messages older than the window that came are not missing", () => {
    const state = fold([welcome({ reset: true, seq: 4 }), message(4, "visitor", "c")], held);
    expect(ids(state)).toEqual([]);
  });

  test("an acknowledged message whose event never came is sent again", () => {
    const acked = fold([{ t: "ack", id: "d", seq: 5 }], say(held, { id: "d", text: "d", at: 1 }));
    const state = fold([welcome({ reset: true, seq: 1 }), message(1, "visitor", "a")], acked);
    expect(ids(state)).toEqual(["b", "c", "d"]);
  });

  test("another session takes none of the old words with it", () => {
    const state = fold([welcome({ session: "s2" })], say(held, { id: "new", text: "n", at: 1 }));
    expect([seqs(state), ids(state)]).toEqual([[], ["new"]]);
  });
});

/** A small generator, so that a failing order can be made again from its seed. */
function generator(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe("a question of the router", () => {
  const asks = (seq: number, offer = "of-1"): VisitorEvent => ({
    t: "event",
    seq,
    at: AT,
    kind: "decision",
    from: "system",
    id: `s${seq}`,
    action: "offer",
    text: "would you like a person to help?",
    offer,
  });
  const says = (seq: number, yes: boolean, offer = "of-1"): VisitorEvent => {
    return { t: "event", seq, at: AT, kind: "answer", from: "visitor", id: `a${seq}`, offer, yes };
  };

  test("stands until it is answered, in whichever tab", () => {
    const asked = fold([welcome(), asks(1)]);
    expect(asked.offer).toEqual({ id: "of-1", text: "would you like a person to help?" });
    expect(fold([says(2, false)], asked).offer).toBeNull();
    expect(fold([says(2, false, "of-0")], asked).offer?.id).toBe("of-1");
  });

  test("goes when somebody else answers the visitor, also in what is history", () => {
    expect(fold([welcome(), asks(1), move(2, "waiting")]).offer).toBeNull();
    expect(
      fold([welcome({ seq: 3 }), asks(1), move(2, "waiting"), move(3, "bot")]).offer,
    ).toBeNull();
    expect(fold([welcome({ seq: 1 }), asks(1)]).offer?.id).toBe("of-1");
  });

  test("is not shown to who has a person already", () => {
    expect(fold([welcome({ seq: 1, owner: "human" }), asks(1)]).offer).toBeNull();
  });

  test("help that was offered is remembered", () => {
    const helps: VisitorEvent = { ...asks(1), kind: "decision", action: "assist" };
    expect(fold([welcome(), helps]).assist).toBe(true);
  });
});

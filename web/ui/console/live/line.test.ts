import { expect, test } from "vitest";
import type { Clock } from "../../shared/clock";
import type { SocketLike } from "../../shared/socket";
import type { AgentIn, AgentKept } from "../../shared/wire";
import { deskWith, moved, offer, said, session, snapshot } from "../testing/frames";
import { answerTo, createLine } from "./line";
import { createStore } from "./store";

/** A server that can be told what to say, and a clock that stands still until told. */
function house() {
  const sent: Record<string, unknown>[] = [];
  let line: SocketLike | null = null;
  let timers: { due: number; run: () => void }[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => now,
    after(ms, run) {
      const timer = { due: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const dial = (): SocketLike => {
    line = {
      onopen: null,
      onmessage: null,
      onclose: null,
      send: (data) => sent.push(JSON.parse(data)),
      close: () => {},
    };
    return line;
  };
  const store = createStore(clock);
  const commands = createLine({
    site: "demo",
    lang: () => "en",
    store,
    clock,
    random: () => 0,
    dial,
  });
  commands.open();
  (line as SocketLike | null)?.onopen?.(undefined as never);
  return {
    sent,
    store,
    commands,
    hear: (frame: AgentIn) => line?.onmessage?.({ data: JSON.stringify(frame) }),
    drop: (code: number) => line?.onclose?.({ code }),
    pass(ms: number) {
      now += ms;
      const due = timers.filter((timer) => timer.due <= now);
      timers = timers.filter((timer) => timer.due > now);
      for (const timer of due) timer.run();
      line?.onopen?.(undefined as never);
    },
  };
}

test("says hello and takes its desk from the snapshot", () => {
  const h = house();
  expect(h.sent).toEqual([{ t: "hello", site: "demo", lang: "en" }]);
  h.hear(snapshot({ offers: [offer("a")] }));
  expect(h.store.get().offers).toHaveLength(1);
  h.commands.shown("a");
  h.commands.accept("a");
  expect(h.sent.slice(1)).toEqual([
    { t: "shown", offer: "a" },
    { t: "accept", offer: "a" },
  ]);
  expect(h.store.get().offers[0]?.answer).toBe("accept");
});

test("sends a text again after a lost connection, under the same id, until it is stored", () => {
  const h = house();
  h.hear(snapshot({ sessions: [session(0)] }));
  expect(h.commands.write("message", "s", "hi")).toBe(true);
  h.drop(1006);
  expect(h.store.get().link).toBe("offline");
  h.pass(1000);
  h.hear(snapshot({ sessions: [session(0)] }));
  const texts = h.sent.filter((frame) => frame.t === "message");
  expect(texts).toHaveLength(2);
  expect(texts[0]).toEqual(texts[1]);
  const id = String(texts[0]?.id);
  h.hear({ ...said(1, "agent", "hi"), id });
  expect(h.store.get().unsent).toEqual([]);
});

test("a refused text can be sent again or dropped", () => {
  const h = house();
  h.hear(snapshot({ sessions: [session(0)] }));
  h.commands.write("note", "s", "hi");
  const id = String(h.sent.at(-1)?.id);
  h.hear({ t: "error", code: "bad_text", message: "no", id });
  expect(h.store.get().unsent[0]?.failure?.code).toBe("bad_text");
  h.commands.retry(id);
  expect(h.store.get().unsent[0]?.failure).toBeUndefined();
  expect(h.sent.at(-1)).toMatchObject({ t: "note", id });
  h.commands.drop(id);
  expect(h.store.get().unsent).toEqual([]);
});

test("a text that no frame can hold is not taken", () => {
  const h = house();
  h.hear(snapshot({ sessions: [session(0)] }));
  expect(h.commands.write("message", "s", "字".repeat(6000))).toBe(false);
  expect(h.store.get().unsent).toEqual([]);
});

test("chooses its status again at a server that has forgotten it", () => {
  const h = house();
  h.hear(snapshot());
  h.commands.presence("busy");
  h.drop(3000);
  h.pass(1000);
  h.hear(snapshot({ seat: { status: "offline", capacity: 3, load: 0 } }));
  expect(h.sent.at(-1)).toEqual({ t: "presence", status: "busy" });
});

test("leaves a chat once however often the button is pressed", () => {
  const h = house();
  h.hear(snapshot({ sessions: [session(0)] }));
  h.commands.close("s");
  h.commands.close("s");
  expect(h.sent.filter((frame) => frame.t === "close")).toHaveLength(1);
});

test("stays away when the sign-in was ended, and when it was refused", () => {
  const revoked = house();
  revoked.drop(3502);
  expect(revoked.store.get().link).toBe("revoked");
  const refused = house();
  refused.drop(3501);
  expect(refused.store.get().link).toBe("refused");
});

test("says what was read, and only notes it for a chat of somebody else", () => {
  const h = house();
  for (const frame of [snapshot({ sessions: [session(0)] }), said(1, "visitor", "a")])
    h.hear(frame);
  h.commands.seen("s", 1);
  expect(h.sent).toHaveLength(1);
  h.commands.read("s", 1);
  expect(h.sent.at(-1)).toEqual({ t: "read", session: "s", seq: 1 });
});

test("a leave is answered by any move away, by its absence, or by an error", () => {
  const close: AgentKept = { t: "close", session: "s", id: "x" };
  expect(answerTo(moved(1, "closed", "ended"), close)).toBe("done");
  expect(answerTo(moved(1, "human", "accepted", "me"), close)).toBe("none");
  expect(answerTo(snapshot(), close)).toBe("done");
  expect(answerTo(snapshot({ sessions: [session(1)] }), close)).toBe("none");
  expect(answerTo({ t: "error", code: "not_yours", message: "", id: "x" }, close)).toBe("done");
});

test("a text is answered by its ack or its event, and comes again after slow_down", () => {
  const text: AgentKept = { t: "message", session: "s", id: "x", text: "hi" };
  expect(answerTo({ t: "ack", session: "s", id: "x", seq: 1 }, text)).toBe("done");
  expect(answerTo({ t: "ack", session: "s", id: "y", seq: 1 }, text)).toBe("none");
  expect(answerTo({ ...said(1, "agent", "hi"), id: "x" }, text)).toBe("done");
  expect(answerTo(moved(1, "closed", "ended"), text)).toBe("none");
  const slow = { t: "error", code: "slow_down", message: "", id: "x", retry_ms: 700 } as const;
  expect(answerTo(slow, text)).toEqual({ again: 700 });
});

test("a store tells its listeners what was and what is", () => {
  const h = house();
  const seen: string[] = [];
  const stop = h.store.subscribe((before, now) => seen.push(`${before.link}>${now.link}`));
  h.hear(snapshot());
  stop();
  h.drop(1006);
  expect(seen).toContain("connecting>online");
  expect(seen).not.toContain("online>offline");
  expect(deskWith([]).link).toBe("online");
});

test("what a failover took from the log goes again, under the old ids, also when it was stored (Invariant 1)", () => {
  const h = house();
  const mine = (seq: number, id: string) => ({ ...said(seq, "agent", id), id, agent: "me" });
  h.hear(snapshot({ sessions: [session(5)] }));
  h.hear(said(1, "visitor", "hello"));
  for (const event of [mine(2, "a"), mine(3, "b")]) h.hear(event);
  h.hear({ ...said(4, "agent", "c"), id: "c", agent: "another" });
  h.commands.write("message", "s", "acknowledged, not shown yet");
  const id = String(h.sent.at(-1)?.id);
  h.hear({ t: "ack", session: "s", id, seq: 5 });
  const before = h.sent.length;

  h.hear({ t: "session", ...session(2, { reset: true }) });
  h.hear(said(1, "visitor", "hello"));
  expect(h.store.get().chats.s?.events).toHaveLength(1);
  h.hear(mine(2, "a"));
  const again = h.sent.slice(before).map((frame) => frame.id);
  expect(again).toEqual([id, "b"]);
  expect(h.store.get().unsent.map(({ frame }) => frame.id)).toEqual([id, "b"]);
  expect(h.store.get().chats.s?.rebuild).toBeUndefined();

  h.hear(mine(3, id));
  h.hear(mine(4, "b"));
  expect(h.store.get().unsent).toEqual([]);
});

test("a log that came back empty takes everything again", () => {
  const h = house();
  h.hear(snapshot({ sessions: [session(1)] }));
  h.hear({ ...said(1, "agent", "a"), id: "a", agent: "me" });
  h.hear({ t: "session", ...session(0, { reset: true }) });
  expect(h.sent.at(-1)).toMatchObject({ t: "message", session: "s", id: "a" });
});

import { describe, expect, test } from "vitest";
import { deskAfter, deskWith, moved, offer, said, session, snapshot } from "../testing/frames";
import { reduce } from "./reduce";
import { isMine, myChats, unreadOf } from "./select";

const text = { t: "message", session: "s", id: "x", text: "hi" } as const;
const error = { t: "error", message: "no" } as const;

describe("a snapshot", () => {
  test("replaces what the console holds", () => {
    const before = deskAfter([snapshot({ sessions: [session(1)], offers: [offer("a")] })]);
    const desk = reduce(before, snapshot({ offers: [offer("b")] }), 5);
    expect(Object.keys(desk.chats)).toEqual([]);
    expect(desk.offers.map((o) => [o.offer, o.until])).toEqual([["b", 25_005]]);
    expect(desk.link).toBe("online");
  });

  test("keeps a chat that holds a text nobody has received, and no longer calls it mine", () => {
    const before = deskAfter([{ t: "local.write", frame: text }], 0, deskWith([]));
    const desk = reduce(before, snapshot(), 0);
    expect(desk.unsent).toHaveLength(1);
    expect(desk.chats.s && isMine(desk.chats.s, "me")).toBe(false);
  });

  test("does not make what was seen unread again", () => {
    const before = deskAfter(
      [{ t: "local.seen", session: "s", seq: 1 }],
      0,
      deskWith([said(1, "visitor", "a")]),
    );
    const desk = deskAfter(
      [snapshot({ sessions: [session(1)] }), said(1, "visitor", "a")],
      0,
      before,
    );
    expect(desk.chats.s && unreadOf(desk.chats.s)).toBe(0);
  });
});

describe("events", () => {
  test("are kept once and in order however they arrive", () => {
    const [a, b, c] = [said(1, "visitor", "a"), said(2, "bot", "b"), said(3, "visitor", "c")];
    const desk = deskWith([a, c, b, c, a]);
    expect(desk.chats.s?.events).toEqual([a, b, c]);
  });

  test("of a chat that is not held are ignored", () => {
    const desk = deskAfter([snapshot()]);
    expect(reduce(desk, said(1, "visitor", "a"), 0).chats).toEqual({});
  });

  test("that this agent wrote take the place of the unsent text", () => {
    const desk = deskAfter([{ t: "local.write", frame: text }], 0, deskWith([]));
    const event = { ...said(1, "agent", "hi"), id: "x" };
    expect(reduce(desk, event, 0).unsent).toEqual([]);
  });

  test("of another log at the same place replace the ones that were lost", () => {
    const other = { ...said(2, "visitor", "other"), id: "o" };
    const desk = deskWith([said(1, "visitor", "a"), said(2, "visitor", "b"), other]);
    expect(desk.chats.s?.events.at(-1)).toEqual(other);
  });

  test("from before the head do not change who answers", () => {
    const past = [moved(1, "waiting", "button"), moved(2, "human", "accepted", "me")];
    const desk = deskAfter([snapshot({ sessions: [session(3)] }), ...past]);
    expect(desk.chats.s?.head.owner).toBe("human");
    expect(desk.chats.s?.agent).toBe("me");
  });

  test("that move the chat away take it out of my chats", () => {
    const desk = deskWith([moved(1, "closed", "ended")]);
    expect(myChats(desk)).toEqual([]);
    expect(desk.chats.s?.head.owner).toBe("closed");
  });

  test("that give the chat to a colleague take it out of my chats", () => {
    const desk = deskWith([
      moved(1, "waiting", "released", "me"),
      moved(2, "human", "accepted", "wang"),
    ]);
    expect(myChats(desk)).toEqual([]);
  });

  test("end the typing of who wrote them", () => {
    const typing = { t: "typing", session: "s", from: "visitor" } as const;
    const desk = deskAfter([typing], 100, deskWith([]));
    expect(desk.chats.s?.typingUntil).toBe(5100);
    expect(reduce(desk, said(1, "visitor", "a"), 200).chats.s?.typingUntil).toBe(0);
  });
});

describe("a session frame", () => {
  test("opens the chat and ends its offer", () => {
    const desk = deskAfter([
      snapshot({ offers: [offer("a", { session: "s" })] }),
      { t: "session", ...session(0) },
    ]);
    expect(desk.offers).toEqual([]);
    expect(myChats(desk)).toHaveLength(1);
  });

  test("with a shorter log drops what is held", () => {
    const before = deskWith([said(1, "visitor", "a"), said(2, "visitor", "b")]);
    const desk = reduce(before, { t: "session", ...session(1) }, 0);
    expect(desk.chats.s?.events).toEqual([]);
  });
});

describe("offers", () => {
  const held = deskAfter([snapshot({ offers: [offer("a"), offer("b")] })]);
  const gone = (code: string) => ({ t: "offer_gone", offer: "a", code }) as const;

  test("that lapse go, and the agent is told", () => {
    const desk = reduce(held, gone("lapsed"), 0);
    expect(desk.offers.map((o) => o.offer)).toEqual(["b"]);
    expect(desk.notices).toMatchObject([{ about: "gone", code: "lapsed" }]);
  });

  test("that were declined or accepted go without a word", () => {
    const declined = deskAfter([{ t: "local.answer", offer: "a", answer: "decline" }], 0, held);
    expect(reduce(declined, gone("declined"), 0).notices).toEqual([]);
    expect(reduce(held, gone("accepted"), 0).notices).toEqual([]);
  });

  test("can be answered again after an error", () => {
    const accepting = deskAfter([{ t: "local.answer", offer: "a", answer: "accept" }], 0, held);
    const desk = reduce(accepting, { ...error, code: "unavailable" }, 0);
    expect(desk.offers[0]?.answer).toBeUndefined();
  });
});

describe("errors", () => {
  const writing = deskAfter([{ t: "local.write", frame: text }], 0, deskWith([]));

  test("stay with the text they are about", () => {
    const desk = reduce(writing, { ...error, code: "bad_text", id: "x" }, 0);
    expect(desk.unsent[0]?.failure).toEqual({ code: "bad_text", message: "no" });
    expect(desk.notices).toEqual([]);
  });

  test("that pass leave the text on its way", () => {
    const desk = reduce(writing, { ...error, code: "slow_down", id: "x", retry_ms: 1000 }, 0);
    expect(desk).toBe(writing);
  });

  test("of a frame that crossed the end of a chat are nobody's business", () => {
    expect(reduce(writing, { ...error, code: "no_session" }, 0)).toBe(writing);
  });

  test("are said once, at most three at a time, until they are dismissed", () => {
    const codes = ["forbidden", "internal", "forbidden", "unavailable", "not_now"];
    const desk = deskAfter(codes.map((code) => ({ ...error, code })));
    expect(desk.notices.map((n) => n.code)).toEqual(["forbidden", "unavailable", "not_now"]);
    const key = desk.notices[0]?.key ?? 0;
    expect(reduce(desk, { t: "local.dismiss", key }, 0).notices).toHaveLength(2);
  });
});

describe("the link", () => {
  test("says restarting from the farewell until the server is back", () => {
    const leaving = deskAfter([snapshot(), { t: "bye", code: "restart", retry_ms: 500 }]);
    const away = deskAfter(
      [
        { t: "local.link", link: "offline" },
        { t: "local.link", link: "connecting" },
      ],
      0,
      leaving,
    );
    expect(away.link).toBe("restarting");
    expect(deskAfter([snapshot()], 0, away).link).toBe("online");
  });
});

test("the status asked for holds until the server says which one does", () => {
  const asked = deskAfter([snapshot(), { t: "local.presence", status: "away" }]);
  expect(asked.wanted).toBe("away");
  const seat = { status: "away", capacity: 3, load: 0 } as const;
  const desk = reduce(asked, { t: "seat", seat }, 0);
  expect(desk.wanted).toBeUndefined();
  expect(desk.seat).toEqual(seat);
});

test("a chat that was left can be taken off the list", () => {
  const desk = deskWith([moved(1, "closed", "ended")]);
  expect(reduce(desk, { t: "local.forget", session: "s" }, 0).chats).toEqual({});
});

test("acks and pongs change nothing", () => {
  const desk = deskWith([]);
  expect(reduce(desk, { t: "pong" }, 9)).toBe(desk);
  expect(reduce(desk, { t: "ack", session: "s", id: "x", seq: 1 }, 9)).toBe(desk);
});

import { expect, test } from "vitest";
import { deskAfter, moved, session, snapshot } from "../testing/frames";
import { answerTo } from "./line";
import type { Action } from "./state";
import { createStore } from "./store";
import { createTeam, watchAgain } from "./team";

/** A team over a socket that notes what goes out; `fits` says whether a frame is small enough. */
function team(before: readonly Action[] = [snapshot({ sessions: [session(1)] })], fits = true) {
  const sent: object[] = [];
  const kept: object[] = [];
  const socket = {
    send: (frame: object) => sent.push(frame) > 0,
    keep: (frame: object) => fits && kept.push(frame) > 0,
  };
  const store = createStore({ now: () => 0, after: () => () => {} });
  for (const action of before) store.dispatch(action);
  return { sent, kept, store, commands: createTeam(socket, store), socket };
}

test("a transfer is sent until it is answered, a note only if there is one", () => {
  const { commands, kept, store } = team();
  const id = commands.transfer("s", { agent: "bob" }, "");
  commands.transfer("s", { queue: "appeals" }, "why");
  expect(kept).toMatchObject([
    { t: "transfer", session: "s", id, agent: "bob" },
    { t: "transfer", session: "s", queue: "appeals", note: "why" },
  ]);
  expect(kept[0]).not.toHaveProperty("note");
  expect(store.get().acts).toHaveLength(2);
});

test("a note that fits in no frame is refused at once, and nothing is sent", () => {
  const { commands, store } = team(undefined, false);
  const id = commands.transfer("s", { queue: "appeals" }, "x");
  expect(store.get().acts).toMatchObject([{ id, failure: { code: "too_large" } }]);
});

test("a chat is taken once however often the button is pressed, and only while online", () => {
  const { commands, sent, store } = team();
  commands.take("c");
  commands.take("c");
  store.dispatch({ t: "local.link", link: "offline" });
  commands.takeover("s");
  expect(sent).toMatchObject([{ t: "take", session: "c" }]);
});

test("what is watched is asked for again after a new connection, and once only on one", () => {
  const { commands, sent, store, socket } = team();
  commands.watch("w", "lead");
  store.dispatch({ t: "session", ...session(1), session: "w" });
  commands.watch("w", "lead");
  expect(sent).toHaveLength(1);
  watchAgain(socket, store);
  expect(sent).toMatchObject([
    { t: "watch", session: "w" },
    { t: "watch", session: "w" },
  ]);
  commands.forget("w");
  expect(sent.at(-1)).toEqual({ t: "unwatch", session: "w" });
  expect(store.get().watched).toEqual({});
});

test("a kept transfer is answered by the chat's leaving, however that came about", () => {
  const kept = { t: "transfer", session: "s", id: "x", queue: "q" } as const;
  expect(answerTo(moved(1, "closed", "ended"), kept)).toBe("done");
  expect(answerTo(moved(1, "human", "accepted", "bob"), kept)).toBe("none");
  expect(answerTo(snapshot(), kept)).toBe("done");
  const refused = { t: "error", code: "not_there", message: "", id: "x" } as const;
  expect(answerTo(refused, kept)).toBe("done");
  expect(answerTo({ ...refused, retry_ms: 5 }, kept)).toEqual({ again: 5 });
});

test("a desk that starts anew forgets no watched chat", () => {
  const watched = [snapshot(), { t: "local.watch", session: "w", as: "guest" }] as const;
  expect(deskAfter([...watched, snapshot()]).watched).toEqual({ w: "guest" });
});

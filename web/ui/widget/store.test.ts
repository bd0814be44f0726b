import { describe, expect, test } from "vitest";
import { FakeClock } from "../shared/fakes";
import { type Backing, openStore } from "./store";

function memory(): Backing & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => entries.set(key, value),
    removeItem: (key) => entries.delete(key),
  };
}

const DAY = 24 * 60 * 60 * 1000;
const forbidden: Backing = {
  getItem: () => {
    throw new Error("forbidden");
  },
  setItem: () => {
    throw new Error("full");
  },
  removeItem: () => {
    throw new Error("forbidden");
  },
};

test("a draft is kept for a day, and an empty one not at all", () => {
  const clock = new FakeClock(5);
  const backing = memory();
  const store = openStore("demo", backing, () => clock.now());
  store.saveDraft("half a sent");
  expect(store.draft()).toBe("half a sent");
  clock.pass(DAY - 1);
  expect(store.draft()).toBe("half a sent");
  clock.pass(1);
  expect(store.draft()).toBe("");
  store.saveDraft("");
  expect(backing.entries.size).toBe(0);
});

test("two tabs share one outbox and take out only their own", () => {
  const backing = memory();
  const one = openStore("demo", backing, () => 0);
  const two = openStore("demo", backing, () => 0);
  one.post("a", { t: "message", id: "a", text: "first" });
  two.post("b", { t: "human", id: "b" });
  one.post("a");
  expect(two.outbox()).toEqual([{ t: "human", id: "b" }]);
});

test("sites do not see each other", () => {
  const backing = memory();
  openStore("one", backing, () => 0).saveSession({ token: "t", seq: 1, owner: "bot" });
  expect(openStore("two", backing, () => 0).session()).toBeNull();
});

describe("where storage is missing, forbidden or full of somebody else's words", () => {
  const strange = memory();
  for (const key of ["session", "draft", "outbox", "choices"]) {
    strange.setItem(`yijian:demo:${key}`, "{not json");
  }
  test.each([
    ["missing", null],
    ["forbidden", forbidden],
    ["strange", strange],
  ])("%s: everything works and nothing is remembered", (_, backing) => {
    const store = openStore("demo", backing, () => 0);
    expect([store.session(), store.draft(), store.outbox()]).toEqual([null, "", []]);
    expect(store.choices()).toEqual({});
  });

  test("writing where it is forbidden is not an error", () => {
    const store = openStore("demo", forbidden, () => 0);
    expect(() => {
      store.saveDraft("x");
      store.saveDraft("");
      store.saveSession({ token: "t", seq: 1, owner: "bot" });
      store.post("a");
    }).not.toThrow();
  });
});

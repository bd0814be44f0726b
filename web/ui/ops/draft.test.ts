import { expect, test } from "vitest";
import { changes, type Policy, scaleOf, withPoints } from "./draft";

const policy: Policy = {
  version: 1,
  assist_at: 30,
  offer_at: 60,
  transfer_at: 100,
  fade_over: 8,
  points: { repeated: [0, 40, 80, 100] },
  failed_turns: 2,
  same_question: 2,
  bot_silent_offer_ms: 15_000,
  bot_silent_transfer_ms: 60_000,
  always: { button: true },
};

test("what was changed is listed in the order of the page, and the version is no change", () => {
  const after = withPoints({ ...policy, version: 9, same_question: 1 }, "repeated", 2, 90);
  expect(changes(policy, after)).toEqual([
    { field: "same_question", from: 2, to: 1 },
    { field: { signal: "repeated", value: 2 }, from: 80, to: 90 },
  ]);
  expect(changes(policy, { ...policy, version: 3 })).toEqual([]);
});

test("a signal that an older version does not have counts as nothing there", () => {
  const after: Policy = { ...policy, points: { ...policy.points, anger: [0, 10] } };
  expect(changes(policy, after)).toEqual([
    { field: { signal: "anger", value: 1 }, from: 0, to: 10 },
  ]);
});

test("milliseconds are shown as seconds", () => {
  expect([scaleOf("bot_silent_offer_ms"), scaleOf("same_question")]).toEqual([1000, 1]);
});

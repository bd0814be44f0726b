// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { editing, paceMeter, pausing, type Stroke, slowness, traced, UNTOUCHED } from "./pace";

const zh = { chinese: true, touch: true };
const en = { chinese: false, touch: true };

/** n characters, one every ms. */
function typed(n: number, ms: number, from = 0): Stroke[] {
  return Array.from({ length: n }, (_, i) => ({ at: from + i * ms, length: i + 1 }));
}

/** The same by an input method: a letter every ms, four of which become two characters. */
function composed(characters: number, ms: number): Stroke[] {
  const out: Stroke[] = [];
  let at = 0;
  for (let length = 0; length < characters; length += 2) {
    for (let letters = 1; letters <= 4; letters += 1) {
      out.push({ at, length: length + letters, composing: true });
      at += ms;
    }
    out.push({ at, length: length + 2 });
  }
  return out;
}

const trace = (strokes: Stroke[]) => strokes.reduce(traced, UNTOUCHED);

function paceOf(messages: Stroke[][], ground: typeof zh) {
  let now = 0;
  const meter = paceMeter(
    ground,
    () => now,
    () => false,
  );
  return messages.map((strokes) => {
    for (const { at, length, composing = false, foreign = false } of strokes) {
      now = at;
      const inputType = foreign ? "insertFromPaste" : "insertText";
      meter.heard(length, { type: "input", isComposing: composing, inputType });
    }
    return meter.sent() ?? { t: -1, pause: -1, edits: -1 };
  });
}

describe("slowness", () => {
  test.each([
    // characters a minute, ground, bucket
    [160, en, 0],
    [120, en, 1],
    [80, en, 2],
    [70, en, 3],
    [45, en, 4],
    [40, zh, 0],
    [30, zh, 1],
    [19, zh, 2],
    [17, zh, 3],
    [11.9, zh, 4],
    [90, { chinese: false, touch: false }, 3],
    [24, { chinese: true, touch: false }, 3],
  ])("%f characters a minute, %j: bucket %i", (perMinute, ground, want) => {
    expect(slowness(Array(40).fill(60_000 / perMinute), 2, ground)).toBe(want);
  });

  test("says nothing before 20 characters in two messages", () => {
    const slow = typed(15, 4_000);
    expect(paceOf([slow, slow], en).map(({ t }) => t)).toEqual([0, 4]);
    expect(paceOf([typed(60, 4_000)], en)[0]?.t).toBe(0);
  });

  test("counts characters that stand, not the letters of an input method", () => {
    // Two characters in two seconds: 60 a minute.
    expect(trace(composed(10, 500)).each.every((ms) => ms >= 750 && ms <= 1_000)).toBe(true);
    const message = composed(12, 500);
    expect(paceOf([message, message], zh)[1]).toEqual({ t: 0, pause: 0, edits: 0 });
  });

  test("leaves out pauses, pasted text and what the keyboard suggested", () => {
    const strokes: Stroke[] = [
      { at: 0, length: 1 },
      { at: 1_000, length: 2 },
      { at: 61_000, length: 3 },
      { at: 62_000, length: 80, foreign: true },
      { at: 63_000, length: 95 },
      { at: 64_000, length: 96 },
    ];
    expect(trace(strokes).each).toEqual([1_000, 1_000]);
  });
});

describe("pauses", () => {
  const gaps = (n: number) => ({ ...UNTOUCHED, pauses: n, last: { at: 0, length: 50 } });
  test.each([
    [0, 0],
    [1, 1],
    [2, 3],
    [3, 3],
    [4, 4],
    [9, 4],
  ])("%i of them: bucket %i", (n, want) => expect(pausing(gaps(n))).toBe(want));

  test.each([
    [29_000, 10, 0],
    [31_000, 10, 2],
    [61_000, 10, 3],
    [121_000, 10, 4],
    [121_000, 20, 0],
  ])("%i ms for %i characters: bucket %i", (spent, length, want) => {
    expect(pausing({ ...UNTOUCHED, spent, last: { at: 0, length } })).toBe(want);
  });

  test("an hour away is one pause", () => {
    const strokes = [...typed(3, 500), { at: 3_600_000, length: 4 }];
    expect(pausing(trace(strokes))).toBe(1);
  });
});

describe("corrections", () => {
  test.each([
    [2, 4, 0],
    [3, 40, 0],
    [3, 30, 1],
    [3, 15, 2],
    [3, 8, 3],
    [3, 6, 4],
  ])("%i of %i: bucket %i", (deletions, steps, want) => {
    expect(editing({ ...UNTOUCHED, deletions, steps })).toBe(want);
  });

  test("choosing a character is none, taking letters back is", () => {
    expect(trace(composed(10, 200)).deletions).toBe(0);
    const fumbled: Stroke[] = [
      { at: 0, length: 1, composing: true },
      { at: 1, length: 2, composing: true },
      { at: 2, length: 1, composing: true },
      { at: 3, length: 0 },
    ];
    expect(trace(fumbled).deletions).toBe(2);
  });
});

/** Numbers that are the same in every run. */
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function anyStrokes(pick: (below: number) => number): Stroke[] {
  let at = 0;
  let length = 0;
  return Array.from({ length: pick(60) }, () => {
    at += pick(12_000) - 1_000; // clocks are set back, too
    length = Math.max(0, length + pick(9) - 3);
    return { at, length, composing: pick(3) === 0, foreign: pick(12) === 0 };
  });
}

test("whatever happens in the field, there are three whole buckets from 0 to 4", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const pick = random(seed);
    const ground = { chinese: pick(2) === 0, touch: pick(2) === 0 };
    for (const pace of paceOf([anyStrokes(pick), anyStrokes(pick), anyStrokes(pick)], ground)) {
      expect(Object.keys(pace)).toEqual(["t", "pause", "edits"]);
      for (const bucket of Object.values(pace)) expect([0, 1, 2, 3, 4]).toContain(bucket);
    }
  }
});

test("writing the same more slowly never lowers a bucket", () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const pick = random(seed);
    const strokes = typed(25, 0).map((s) => ({ ...s, gap: 50 + pick(2_000) }));
    const at = (factor: number) => {
      let now = 0;
      return strokes.map(({ gap, length }) => {
        now += Math.min(gap * factor, 5_000);
        return { at: now, length };
      });
    };
    let before = 0;
    for (const factor of [1, 1.5, 2, 4, 8]) {
      const t = paceOf([at(factor), at(factor)], en)[1]?.t ?? 0;
      expect(t).toBeGreaterThanOrEqual(before);
      before = t;
    }
  }
});

test("S8 off means nothing is measured and nothing is sent, and nothing of before stays", () => {
  let off = false;
  let now = 0;
  const meter = paceMeter(
    en,
    () => now,
    () => off,
  );
  const write = () => {
    for (const { at, length } of typed(30, 4_000)) {
      now = at;
      meter.heard(length, { type: "input", isComposing: false, inputType: "insertText" });
    }
  };
  write();
  expect(meter.sent()).toEqual({ t: 0, pause: 0, edits: 0 });
  off = true;
  write();
  expect(meter.sent()).toBeUndefined();
  off = false;
  write();
  expect(meter.sent()?.t).toBe(0);
  write();
  expect(meter.sent()?.t).toBe(4);
});

test("S8 a meter sees lengths and how a change came, never what it was", () => {
  const seen = new Set<PropertyKey>();
  const change = new Proxy(new InputEvent("input", { data: "秘密", inputType: "insertText" }), {
    get(target, name) {
      seen.add(name);
      return Reflect.get(target, name);
    },
  });
  const meter = paceMeter(
    zh,
    () => 0,
    () => false,
  );
  meter.heard(2, change);
  expect([...seen].sort()).toEqual(["inputType", "isComposing"]);
});

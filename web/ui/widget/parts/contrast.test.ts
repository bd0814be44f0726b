import { beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { onWhite, readable } from "./contrast";

let warned: MockInstance;
beforeEach(() => {
  warned = vi.spyOn(console, "warn").mockImplementation(() => {});
});

const parts = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

test("the contrast of white is as WCAG has it", () => {
  expect(onWhite([255, 255, 255])).toBeCloseTo(1);
  expect(onWhite([0, 0, 0])).toBeCloseTo(21);
  expect(onWhite(parts("#767676"))).toBeCloseTo(4.54, 1);
});

test("a colour that carries white words stays as it is (W11)", () => {
  for (const color of ["#14493f", "#000", "#767676", "#C00"]) expect(readable(color)).toBe(color);
  expect(warned).not.toHaveBeenCalled();
});

test("one that does not is darkened until it does, and the console says so (W11)", () => {
  for (const color of ["#ffff00", "#fff", "#ff6600", "#0af", "#777777"]) {
    const better = readable(color);
    expect(onWhite(parts(better)), color).toBeGreaterThanOrEqual(4.5);
    expect(onWhite(parts(better)), color).toBeLessThan(5.2);
    expect(warned.mock.lastCall?.[0]).toContain(better);
  }
});

test("what is no colour is none, whatever it is", () => {
  for (const color of ["red", "#12", "#12345", "url(x)", "#zzz", "};*{display:none"]) {
    expect(readable(color)).toBe("");
    expect(warned).toHaveBeenCalled();
  }
});

import { expect, test } from "vitest";
import { newId } from "./ids";

const LEGAL = /^[A-Za-z0-9_-]{1,64}$/;

test("ids are legal on the wire and unlike each other", () => {
  const ids = Array.from({ length: 1_000 }, () => newId());
  expect(ids.every((id) => LEGAL.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(1_000);
});

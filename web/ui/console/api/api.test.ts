import { expect, test } from "vitest";
import { accountOf } from "./account";
import { problemOf } from "./client";
import { tokenIn } from "./link";

test("a link's token is read from the fragment only if it is one", () => {
  expect(tokenIn("#sign-in=abc_-1")).toBe("abc_-1");
  expect(tokenIn("#sign-in=")).toBeNull();
  expect(tokenIn("#chat")).toBeNull();
  expect(tokenIn("")).toBeNull();
});

test("an account sits at its own site, or at the only one", () => {
  const body = { id: "a", name: "Lin", login: "lin", role: "agent", has_password: false };
  expect(accountOf({ ...body, sites: ["*", "shop"] })).toMatchObject({
    login: "lin",
    site: "shop",
    hasPassword: false,
  });
  expect(accountOf({ ...body, sites: ["*"] }).site).toBe("demo");
  expect(accountOf({ ...body, sites: ["a"], site: "b" }).site).toBe("b");
});

test("an account of nonsense is empty, not an exception", () => {
  expect(accountOf(null)).toMatchObject({ id: "", site: "demo", hasPassword: true });
  expect(accountOf({ id: 7, sites: "x" }).id).toBe("");
});

test("a problem says what the server said", () => {
  const problem = problemOf(401, { code: "unauthorized", title: "No.", detail: "Sign in again." });
  expect([problem.status, problem.code, problem.message]).toEqual([
    401,
    "unauthorized",
    "No. Sign in again.",
  ]);
  expect(problemOf(500, { title: "Oops" }).message).toBe("Oops");
  expect(problemOf(502, "<html>").message).toBe("");
});

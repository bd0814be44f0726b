import { expect, test, vi } from "vitest";
import { FakeClock } from "../../shared/fakes";
import { fetcher } from "./parts";

test("a part is fetched once, and asked for under another address until it comes (W19)", async () => {
  const clock = new FakeClock(0);
  const asked: string[] = [];
  let isOnline = false;
  const onFailure = vi.fn();
  const load = async (file: string) => {
    asked.push(file);
    if (!isOnline) throw new Error("no network");
    return { file };
  };
  const part = fetcher({ load, clock, onFailure });
  const first = part("links");
  expect(part("links")).toBe(first);
  await vi.waitFor(() => expect(onFailure).toHaveBeenCalledTimes(1));
  clock.pass(1_000);
  await vi.waitFor(() => expect(onFailure).toHaveBeenCalledTimes(2));
  isOnline = true;
  clock.pass(2_000);
  await first;
  expect(asked).toEqual(["links.js", "links.js?1", "links.js?2"]);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pace, pauseAfter } from "../../src/state/pace";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("messages that come together are taken together, in order, and none is lost", () => {
  const taken: number[][] = [];
  const pace = new Pace<number>((messages) => taken.push(messages));
  for (let message = 0; message < 5; message++) pace.add(message);
  vi.advanceTimersByTime(1000);
  pace.add(5);
  vi.advanceTimersByTime(1000);
  expect(taken).toEqual([[0, 1, 2, 3, 4], [5]]);
});

test("the slower a page draws, the longer it waits, but never for long", () => {
  expect([0, 100, 1e6].map(pauseAfter)).toEqual([60, 150, 2000]);
});

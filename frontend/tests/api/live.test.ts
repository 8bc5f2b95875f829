import { expect, test } from "vitest";
import { waitBefore } from "../../src/api/live";

test("waits grow from a quarter of a second, and end at a quarter of a minute", () => {
  const waits = [0, 1, 2, 3].map((attempt) => waitBefore(attempt, 0.5));
  expect(waits).toEqual([250, 500, 1000, 2000]);
  expect(waitBefore(50, 1)).toBeLessThanOrEqual(15_000 * 1.25);
});

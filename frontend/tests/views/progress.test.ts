import { expect, test } from "vitest";
import type { RunDetail } from "../../src/api/types";
import { EMPTY, type TableData } from "../../src/state/tables";
import { progressOf } from "../../src/views/run/progress";
import { run } from "../runs";

const table = (columns: Record<string, number[]>): TableData => ({ ...EMPTY, columns: new Map(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])) });
const live = { ...run({ status: "running", epochs_planned: 5 }), events: [{ kind: "started", time: 100, step: 0, examples: 95, batch_size: 10 }] } as unknown as RunDetail;

test("in the first epoch it goes by the clock", () => {
  expect(progressOf(live, EMPTY, table({ step: [1, 4] }), 102)).toEqual({ step: 4, steps: 10, secondsLeft: 23, pace: 19 });
});
test("afterwards by the seconds of the last epochs", () => {
  const epochs = table({ epoch: [1, 2], step: [10, 20], seconds: [4, 6] });
  expect(progressOf(live, epochs, table({ step: [1, 25] }), 1e6)).toEqual({ step: 5, steps: 10, secondsLeft: 12.5, pace: 19 });
});
test("of what a training has not said nothing is made up", () => {
  expect(progressOf({ ...live, events: [] }, EMPTY, EMPTY, 102)).toBeNull();
  expect(progressOf(live, EMPTY, EMPTY, 102)).toMatchObject({ step: 0, secondsLeft: null, pace: null });
});

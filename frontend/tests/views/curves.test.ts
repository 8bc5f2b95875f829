import { describe, expect, test } from "vitest";
import type { TableData } from "../../src/state/tables";
import { axes, curveLines, interpolate, marksOf, metricNames, roughness, usualSmoothing, type CurveOptions } from "../../src/views/run/curveLines";
import { formatRange, parseRange } from "../../src/views/run/range";

const table = (axis: string, columns: Record<string, number[]>): TableData => ({
  axis,
  columns: new Map(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
  total: columns[axis]!.length,
  decimated: false,
});
const epochs = table("epoch", { epoch: [1, 2], step: [10, 20], "train/loss": [1, 0.5], "validation/loss": [1.1, 0.7], seconds: [2, 4] });
const steps = table("step", { step: [1, 5, 10, 20], loss: [2, 1, NaN, 0.4] });
const options: CurveOptions = { axis: "step", smoothing: 0.5, batches: true, epochs: true };
const labels = { batches: "b", batchesSmooth: "s", epoch: (part: string) => part };

describe("curves", () => {
  test("stand on one axis, of steps, epochs or seconds", () => {
    expect([...Array.from(axes(epochs, steps, "step").epochs)]).toEqual([10, 20]);
    expect([...Array.from(axes(epochs, steps, "epoch").steps)]).toEqual([0.1, 0.5, 1, 2]);
    expect([...Array.from(axes(epochs, steps, "seconds").steps)]).toEqual([0.2, 1, 2, 6]);
  });
  test("guess where epochs end from the last step, where no column says so", () => {
    const { step: _, ...others } = Object.fromEntries([...epochs.columns].map(([name, values]) => [name, [...values]]));
    expect([...Array.from(axes(table("epoch", others), steps, "step").epochs)]).toEqual([10, 20]);
  });
  test("keep the raw line behind the smoothed one", () => {
    const lines = curveLines("loss", epochs, steps, axes(epochs, steps, "step"), options, labels);
    expect(lines.map(({ key, behind }) => [key, behind ?? false])).toEqual([
      ["batches|raw", true], ["batches", false], ["train/loss", false], ["validation/loss", false],
    ]);
  });
  test("over a metric are points in its order", () => {
    const over = { ...options, axis: "validation/loss" };
    const [line] = curveLines("loss", epochs, steps, axes(epochs, steps, over.axis), over, labels);
    expect(line).toMatchObject({ x: [0.7, 1.1], y: [0.5, 1], points: true });
  });
  test("have the loss first and the machine last", () => {
    expect(metricNames(epochs, table("step", { step: [], accuracy: [], learning_rate: [], loss: [] }))).toEqual(["loss", "accuracy", "learning_rate", "seconds"]);
  });
  test("of a loss that jumps from batch to batch say by how much", () => {
    const jumping = table("step", { step: Array.from({ length: 20 }, (_, i) => i), loss: Array.from({ length: 20 }, (_, i) => i % 2) });
    const calm = table("epoch", { epoch: [1, 2, 3], "train/loss": [0.6, 0.5, 0.4] });
    expect(roughness(calm, jumping)).toEqual({ batches: 1, epochs: expect.closeTo(0.1, 9) });
  });
});

test("short curves are smoothed little, long ones much", () => {
  expect([0, 20, 160, 480, 1e5].map(usualSmoothing)).toEqual([0, 0, 0.66, 0.87, 0.97]);
});

test("places between are straight, and outside they go on", () => {
  expect([5, 15, 30].map((x) => interpolate(x, [10, 20], [1, 2]))).toEqual([0.5, 1.5, 3]);
  expect(interpolate(7, [], [])).toBe(7);
});

test("marks: the last best, and changes that were asked for", () => {
  const events = [
    { kind: "best", step: 10 }, { kind: "best", step: 20 }, { kind: "started", step: 0 },
    { kind: "learning_rate", step: 15, reason: "asked" }, { kind: "note", step: 15 }, { kind: "learning_rate", step: 16, reason: "repeat" }, { kind: "note", epoch: 1 },
  ];
  const marks = marksOf(events, axes(epochs, steps, "step"), (event) => event.kind);
  expect(marks.map(({ x, label }) => [x, label])).toEqual([[20, "best"], [15, "learning_rate · note"], [10, "note"]]);
});

test("a zoom is a word of the address; nonsense is none", () => {
  expect(parseRange(formatRange({ from: 12.5, to: 1e6 }))).toEqual({ from: 12.5, to: 1e6 });
  for (const text of ["", "1", "2~1", "a~b", "NaN~1"]) expect(parseRange(text)).toBeNull();
});

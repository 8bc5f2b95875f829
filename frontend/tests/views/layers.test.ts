import { expect, test } from "vitest";
import { parallelAxis, parallelPath } from "../../src/views/runs/parallelAxes";
import { histogramKinds, lastValue, layerSeries, statisticsOf } from "../../src/views/run/statistics";
import { run } from "../runs";

const layers = {
  axis: "step",
  total: 2,
  decimated: false,
  columns: new Map(Object.entries({ step: [1, 2], "block/dense/out_mean": [1, 2], "block/dense/W/gradient_rms": [3, NaN], out_mean: [5, 6] }).map(([name, values]) => [name, Float64Array.from(values)])),
};

test("columns of layers are a path and a statistic", () => {
  const columns = layerSeries(layers);
  expect(statisticsOf(columns)).toEqual(["out_mean", "gradient_rms"]);
  expect(lastValue(columns, "block/dense", "out_mean")).toBe(2);
  expect(lastValue(columns, "block/dense", "gradient_rms")).toBe(3);
  expect(lastValue(columns, "", "out_mean")).toBe(6);
  expect(lastValue(columns, "other", "out_mean")).toBeNaN();
});

test("what examinations found stands beside what watched steps recorded, each with its own steps", () => {
  const examinations = { ...layers, columns: new Map([["step", Float64Array.of(9)], ["epoch", Float64Array.of(1)], ["relu/dead", Float64Array.of(0.5)]]) };
  const dead = layerSeries(layers, examinations).at(-1)!;
  expect([dead.path, dead.statistic, ...dead.x, ...dead.y]).toEqual(["relu", "dead", 9, 0.5]);
});

test("histograms are put together by what they are of", () => {
  const kinds = histogramKinds(["dense_1/W/weight", "dense_1/output", "dense_2/W/weight"]);
  expect([...kinds.keys()]).toEqual(["weight", "output"]);
  expect(kinds.get("weight")!.map(({ path }) => path)).toEqual(["dense_1/W", "dense_2/W"]);
});

test("parallel axes: numbers by size, by logarithm where far apart, words evenly, gaps where there is none", () => {
  const runs = [0.001, 0.01, 0.1].map((rate, index) => run({ id: String(index), settings: { rate, layer: ["b", "a", "c"][index]! }, results: index ? { score: index } : {} }));
  const places = (name: string) => runs.map(parallelAxis(runs, name).place);
  expect(places("rate")).toEqual([0, expect.closeTo(0.5, 9), 1]);
  expect(places("layer")).toEqual([0.5, 0, 1]);
  expect(places("score")).toEqual([NaN, 0, 1]);
  expect(parallelPath([0, NaN, 1], (axis) => axis, (place) => place)).toBe("M0.0 0.0M2.0 1.0");
});

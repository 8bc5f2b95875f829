import { describe, expect, test } from "vitest";
import { peaks } from "../../src/analysis/decimate";
import { differences } from "../../src/analysis/differences";
import { filterFault, makeFilter, valueOf } from "../../src/analysis/filter";
import { areGroupsComparable, groupRuns, isComparable, lowerBound, metricsOf, varyingSettings } from "../../src/analysis/grouping";
import { formatBytes, formatDuration, formatMetric, formatNumber, formatTick, formatTicks } from "../../src/analysis/numbers";
import { meanJump, smooth } from "../../src/analysis/smoothing";
import { sortRuns } from "../../src/analysis/sorting";
import { meanWithInterval } from "../../src/analysis/statistics";
import { intervalText } from "../../src/views/runs/Groups";
import { run } from "../runs";

describe("numbers", () => {
  test("have four figures", () => {
    const shown = [0, 1, 12345, 0.123456, 1e-5, -0.5, 1234567.8, NaN, Infinity, null].map(formatNumber);
    expect(shown).toEqual(["0", "1", "12,345", "0.1235", "1.00e−5", "−0.5", "1.23e6", "NaN", "∞", "–"]);
    expect([24307.6, -24307.6, 0.0006, 0.00012346, 123.04, 0.99999, 1.00004].map(formatNumber)).toEqual(["24,308", "−24,308", "0.0006", "0.0001235", "123", "1.0000", "1.0000"]);
  });
  test("on axes are short", () => {
    expect([440e6, 1500, 2.5e9].map(formatTick)).toEqual(["440M", "1500", "2.5G"]);
  });
  test("of one axis are alike", () => {
    expect(formatTicks([0, 0.0002, 0.0004, 0.0006])).toEqual(["0.0000", "0.0002", "0.0004", "0.0006"]);
    expect(formatTicks([0, 0.25, 0.5])).toEqual(["0.00", "0.25", "0.50"]);
    expect(formatTicks([-2, 0, 2])).toEqual(["−2", "0", "2"]);
    expect(formatTicks([0, 5e5, 1e6])).toEqual(["0.0", "0.5M", "1.0M"]);
    expect(formatTicks([2e-5, 4e-5])).toEqual(["2.00e−5", "4.00e−5"]);
    expect(formatTicks([3])).toEqual(["3"]);
    expect(formatTicks([])).toEqual([]);
  });
  test("of memory are in bytes", () => {
    expect([formatMetric("memory", 440e6), formatMetric("train/memory", null), formatMetric("loss", 440.5)]).toEqual(["420 MiB", "–", "440.5"]);
  });
  test("of time and memory have units", () => {
    expect([0.25, 59, 61, 3700, 3e5].map(formatDuration)).toEqual(["0.3 s", "59 s", "1 min 1 s", "1 h 1 min", "3 d 11 h"]);
    expect(formatBytes(123_456_789)).toBe("118 MiB");
  });
});

describe("smoothing", () => {
  test("of a constant is that constant from the first value on", () => {
    expect([...smooth([2, 2, 2], 0.9)]).toEqual([2, 2, 2].map((value) => expect.closeTo(value, 12)));
  });
  test("is the mean weighted by age, and passes over what is not finite", () => {
    const [first, gap, last] = smooth([1, NaN, 4], 0.05);
    expect([first, last]).toEqual([1, (0.05 * 1 + 4) / 1.05]);
    expect(gap).toBeNaN();
  });
  test("follows a fall from the first point on, and is calm at the end", () => {
    const falling = Array.from({ length: 500 }, (_, index) => 2 * 0.9 ** index + (index % 2 ? 0.1 : -0.1));
    const smoothed = smooth(falling, 0.9);
    for (let index = 1; index < 15; index++) expect(smoothed[index]! - 2 * 0.9 ** index).toBeLessThan(0.4);
    expect(meanJump(smoothed.slice(-100))).toBeLessThan(0.1 * meanJump(falling.slice(-100)));
  });
  test("without strength is the line itself", () => {
    expect([...smooth([3, 1, 2], 0)]).toEqual([3, 1, 2]);
  });
  test("jumps are mean differences of neighbours", () => {
    expect(meanJump([1, 3, NaN, 4, 3])).toBe(1.5);
  });
});

test("peaks stay when a line is thinned", () => {
  const line = Array.from({ length: 10_000 }, (_, index) => Math.sin(index / 50));
  line[7777] = 99;
  line[1234] = -99;
  const kept = peaks(line, 100);
  expect(kept.length).toBeLessThanOrEqual(100);
  expect(kept).toContain(7777);
  expect(kept).toContain(1234);
  expect([...kept].sort((a, b) => a - b)).toEqual(kept);
});

describe("means", () => {
  test("have Student's interval: of 1, 2, 3 it is 2 ± 4.303 / sqrt(3)", () => {
    const { mean, half, count } = meanWithInterval([1, 2, 3, NaN]);
    expect([mean, count]).toEqual([2, 3]);
    expect(half).toBeCloseTo(4.303 / Math.sqrt(3), 6);
  });
  test("of one run have none", () => expect(meanWithInterval([1]).half).toBeNaN());
});

const some = [
  run({ id: "run-2", settings: { optimizer: "adam", "optimizer.learning_rate": 0.1, seed: 0 }, results: { "test/accuracy": 0.5, "validation/accuracy": 0.9 } }),
  run({ id: "run-10", settings: { optimizer: "adam", "optimizer.learning_rate": 0.1, seed: 1 }, results: { "test/accuracy": 0.95, "validation/accuracy": 0.8 }, tags: ["good one"] }),
  run({ id: "run-1", settings: { optimizer: "sgd", "optimizer.learning_rate": 0.01, seed: 0 }, results: {}, status: "failed" }),
];

describe("filters", () => {
  const found = (query: string) => some.filter(makeFilter(query)).map(({ id }) => id);
  test.each([
    ["", ["run-2", "run-10", "run-1"]],
    ["accuracy>.85", ["run-2"]],
    ["test/accuracy > .85", ["run-10"]],
    ["accuracy<=0.8 optimizer=ADAM", ["run-10"]],
    ["accuracy <= .8 and optimizer = adam or failed", ["run-10", "run-1"]],
    ["not (seed = 0 and optimizer = adam)", ["run-10", "run-1"]],
    ["tags ~ 'good'", ["run-10"]],
    ["learning_rate!=0.1", ["run-1"]],
    ["failed", ["run-1"]],
    ['"good one"', ["run-10"]],
    ["optimizer ~ ad", ["run-2", "run-10"]],
    ["accuracy>", []],
    ["(((", ["run-2", "run-10", "run-1"]],
    ["not", []],
    ["accuracy ! >", []],
    ["nothing=1", []],
  ])("%s", (query, ids) => expect(found(query)).toEqual(ids));
  test("say which field no run has, and which it may have been", () => {
    expect(filterFault("acuracy > .9", some)).toEqual({ kind: "unknown", name: "acuracy", near: ["accuracy"] });
    expect(filterFault("failed or nothing_like_it = 1", some)).toEqual({ kind: "unknown", name: "nothing_like_it", near: [] });
    expect(filterFault("accuracy >", some)).toMatchObject({ kind: "incomplete", name: "accuracy" });
    for (const good of ["", "acuracy", "accuracy > .9 and learning_rate = 0.1", "tags ~ good", "engine = jax"]) expect(filterFault(good, some)).toBeNull();
  });
  test("find a value by the end of its name", () => expect(valueOf(some[0]!, "learning_rate")).toBe(0.1));
  test("find the folder of a study", () => expect(valueOf(run({ id: "sweep/rates/run-1" }), "folder")).toBe("sweep/rates"));
  test("read runs that cannot be read themselves", () => {
    const broken = { id: "x", name: "x", status: "unreadable" } as unknown as (typeof some)[number];
    expect([broken].filter(makeFilter("x"))).toHaveLength(1);
    expect(makeFilter("accuracy>1")(broken)).toBe(false);
  });
});

describe("order", () => {
  const order = (column: string, descending: boolean) => sortRuns(some, { column, descending }).map(({ id }) => id);
  test("counts in names", () => expect(order("name", false)).toEqual(["run-1", "run-2", "run-10"]));
  test("has what is missing last, either way", () => {
    expect(order("validation/accuracy", false)).toEqual(["run-10", "run-2", "run-1"]);
    expect(order("validation/accuracy", true)).toEqual(["run-2", "run-10", "run-1"]);
  });
});

describe("groups", () => {
  test("have the mean over their runs", () => {
    const [adam, sgd] = groupRuns(some, "optimizer", "validation/accuracy");
    expect(adam).toMatchObject({ value: "adam", mean: { count: 2, mean: expect.closeTo(0.85, 9) } });
    expect(sgd!.mean.mean).toBeNaN();
  });
  test("settings that vary, the seed last", () => {
    expect(varyingSettings(some)).toEqual(["optimizer", "optimizer.learning_rate", "seed"]);
  });
  test("are compared on the same data and, of a loss, with the same loss", () => {
    const of = (fingerprint: string, loss: string) => run({ data: { fingerprint }, settings: { loss } });
    expect(isComparable(of("a", "MSE"), of("a", "Huber"), "validation/mse")).toBe(true);
    expect(isComparable(of("a", "MSE"), of("a", "Huber"), "validation/loss")).toBe(false);
    expect(isComparable(of("a", "MSE"), of("b", "MSE"), "validation/mse")).toBe(false);
    const group = (...fingerprints: string[]) => ({ value: "", runs: fingerprints.map((one) => of(one, "MSE")), mean: meanWithInterval([1]) });
    expect(areGroupsComparable([group("a", "b"), group("b", "a")], "validation/loss")).toBe(true);
    expect(areGroupsComparable([group("a", "b"), group("a")], "validation/loss")).toBe(false);
  });
  test("have intervals that end where a metric does", () => {
    const squared = [run({ settings: { loss: "MeanSquaredError" } })];
    expect(["test/rmse", "test/loss", "test/r2"].map((metric) => lowerBound(metric, squared))).toEqual([0, 0, -Infinity]);
    expect(lowerBound("test/loss", [run({ settings: { loss: "MyLoss" } })])).toBe(-Infinity);
    const group = (values: number[]) => ({ value: "", runs: [], mean: meanWithInterval(values) });
    expect([group([1, 3]), group([1]), group([])].map((one) => intervalText(one, 0))).toEqual(["0 – 14.71", "one run", "no run has it"]);
  });
  test("metrics of validation come first", () => {
    const names = metricsOf([run({ last: { "train/loss": 1, "validation/loss": 1 }, results: { "test/loss": 1 } })]);
    expect(names).toEqual(["validation/loss", "test/loss", "train/loss"]);
  });
});

test("differences name what is not the same, section by section", () => {
  const [one, other] = [some[0]!, { ...some[1]!, version: "0.2" }];
  const different = differences([one, other]).filter((row) => row.differs).map(({ section, name }) => `${section} ${name}`);
  expect(different).toEqual(["settings seed", "software version", "results test/accuracy", "results validation/accuracy"]);
  const noise = differences([run({ results: { "test/accuracy": 1 } }), run({ results: { "test/accuracy": 1 + 6.96e-7 } })]);
  expect(noise.filter((row) => row.differs)).toEqual([]);
});

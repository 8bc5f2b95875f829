import { describe, expect, test } from "vitest";
import { makeData } from "../../../src/play/engine/typescript/data";
import { TRACES, dataState, near } from "./traces";

const sumOf = (numbers: ArrayLike<number>): number => Array.from(numbers).reduce((sum, number) => sum + Math.abs(number), 0);

describe("the points of a state are those of Python", () => {
  test.each(Object.entries(TRACES.data))("%s", (_, trace) => {
    const data = makeData(dataState(trace.state));
    const rows = trace.y.length;
    near(data.x.subarray(0, trace.x.length), trace.x, 1e-14);
    near(data.y.subarray(0, rows), trace.y, 1e-14);
    near(data.shown.subarray(0, 2 * rows), trace.shown, 1e-13);
    near(data.domain.flat(), trace.domain.flat(), 1e-13);
    near([sumOf(data.x), sumOf(data.y), sumOf(data.test), data.y.length], trace.sums, 1e-13);
    expect([...data.test.subarray(0, rows)]).toEqual(trace.test);
    expect(data.classes).toBe(trace.classes);
  });

  test("what cannot be is said in a line", () => {
    expect(() => makeData(dataState({ problem: "regression" }))).toThrow("circle is no data set for regression");
    expect(() => makeData(dataState({ axes: [0, 2] }))).toThrow("not 0 and 2");
    const own = { name: "own", columns: ["a"], points: [{ x: [1], y: 0, test: false }] };
    expect(makeData(dataState(own)).x).toEqual(Float64Array.of(1)); // one point is enough: a step can be worked out on it
    expect(() => makeData(dataState({ ...own, points: [{ x: [1], y: 0, test: true }] }))).toThrow("there are no training points");
    expect(() => makeData(dataState({ ...own, points: [{ x: [1, 2], y: 0, test: false }] }))).toThrow("point 1 has 2 inputs");
    expect(() => makeData(dataState({ ...own, points: [{ x: [1], y: 7, test: false }] }))).toThrow("label 7");
  });
});

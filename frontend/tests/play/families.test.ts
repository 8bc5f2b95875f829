import { expect, test } from "vitest";
import type { Envelope } from "../../src/api/envelope";
import { brushed, nextInk, stroked } from "../../src/play/families/drawing";
import { partOf, readFamilyFrame, transposed } from "../../src/play/families/frames";
import { familyOf } from "../../src/play/families/names";
import { codeAt, placeOf, viewOf } from "../../src/play/families/plane";
import { softmaxTerms } from "../../src/play/families/softmax";
import { pooledFrom, windowSum } from "../../src/play/families/window";

const numbers = (shape: number[], values: number[]) => ({ shape, values: Float32Array.from(values) });

test("a tab is a family, or something of the points", () => {
  expect(["", "slow", "attention", "convolution"].map(familyOf)).toEqual([null, null, "attention", "convolution"]);
});

test("a frame has its arrays by name, and their parts", () => {
  const arrays = [{ name: "a", shape: [2, 3] }, { name: "history", shape: [0, 6] }];
  const frame = readFamilyFrame({ header: { version: 1, type: "family", name: "attention", tokens: ["1"], arrays }, values: Float32Array.from([1, 2, 3, 4, 5, 6]) } as Envelope);
  expect([frame.name, frame.header["tokens"], frame.has("a"), frame.has("b")]).toEqual(["attention", ["1"], true, false]);
  expect([...partOf(frame.array("a"), 1).values]).toEqual([4, 5, 6]);
  expect(transposed(frame.array("a"))).toEqual(numbers([3, 2], [1, 4, 2, 5, 3, 6]));
  expect(() => frame.array("b")).toThrow("no array b");
});

test("a number of a feature map is its window times the kernel, and the bias", () => {
  const input = numbers([4, 4], Array.from({ length: 16 }, (_, at) => at));
  const found = windowSum(input, numbers([3, 3], [0, 0, 0, 0, 1, 0, 0, 0, 2]), 0.5, 1, 1);
  expect(found.window).toEqual([5, 6, 7, 9, 10, 11, 13, 14, 15]);
  expect(found.products).toEqual([0, 0, 0, 0, 10, 0, 0, 0, 30]);
  expect(found.sum).toBe(40.5);
  expect(pooledFrom(input, 1, 0)).toEqual([8, 9, 12, 13]);
});

test("a brush inks pixels near it, paler further off, and an eraser takes ink away", () => {
  const empty = new Array<number>(64).fill(0);
  const dot = brushed(empty, 3.5, 3.5, false);
  expect([dot[27], dot[64 - 1]]).toEqual([1, 0]);
  expect(dot[28]).toBeCloseTo(1 / 3);
  expect(brushed(dot, 3.5, 3.5, true)).toEqual(empty);
  const line = stroked(empty, [0.5, 2.5], [7.5, 2.5], false);
  expect(line.slice(16, 24).every((value) => value > 0.9)).toBe(true);
  expect(line.slice(40).every((value) => value === 0)).toBe(true);
  expect([0, 0.5, 1].map(nextInk)).toEqual([0.5, 1, 0]);
});

test("places in a plane and codes lead to each other; codes that are no numbers are left out", () => {
  const view = viewOf([0, -1, 10, 1, NaN, Infinity]);
  expect([view.least[0], view.greatest[0]]).toEqual([-0.6, 10.6]);
  const [across, down] = placeOf(view, [10, 1]);
  expect(across).toBeGreaterThan(0.9);
  expect(down).toBeLessThan(0.1);
  const [x, y] = codeAt(view, [across, down]);
  expect([x, y].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([10, 1]);
  expect(viewOf([]).least).toEqual([-1, -1]);
});

test("softmax is worked out without overflow", () => {
  const terms = softmaxTerms([1000, 1000 + Math.log(3)]);
  expect(terms.map(({ weight }) => Number(weight.toFixed(9)))).toEqual([0.25, 0.75]);
  expect(terms[1]!.power).toBe(1);
});

import { expect, test } from "vitest";
import { boxOf, cellAt, ticksBetween, toPlane, toScreen, type Domain } from "../../src/play/map/geometry";
import { paintClasses, paintSigned, softened } from "../../src/play/map/image";
import type { PlayData } from "../../src/play/frames";
import { hasAmounts } from "../../src/play/map/points";
import { data } from "../../src/play/session";
import { START } from "../../src/play/state";
import { state } from "../../src/play/store";

const DOMAIN: Domain = [[-6, 6], [-1, 2]];
const PALETTE = { minus: [200, 0, 0], zero: [100, 100, 100], plus: [0, 0, 200], bad: [1, 2, 3] } as const;
const rgb = (pixel: number) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];

test("places go to the screen and back, with x2 upwards", () => {
  const box = boxOf(300);
  expect(toScreen(box, DOMAIN, -6, 2)).toEqual([box.left, box.top]);
  expect(toScreen(box, DOMAIN, 6, -1)).toEqual([box.left + box.width, box.top + box.height]);
  const [x, y] = toPlane(box, DOMAIN, ...toScreen(box, DOMAIN, 1.25, 0.5));
  expect(x).toBeCloseTo(1.25, 12);
  expect(y).toBeCloseTo(0.5, 12);
});

test("the cell of a place is counted from the top left", () => {
  expect([cellAt(10, DOMAIN, -5.9, 1.95), cellAt(10, DOMAIN, 5.9, -0.95), cellAt(10, DOMAIN, 7, 0), cellAt(10, DOMAIN, 0, -2)]).toEqual([0, 99, null, null]);
});

test("ticks are round and within the ends", () => {
  expect(ticksBetween(-6, 6, 4)).toEqual([-6, -3, 0, 3, 6]);
  expect(ticksBetween(-1, 2, 4)).toEqual([-1, 0, 1, 2]);
  expect(ticksBetween(0.001, 0.0042)).toEqual([0.001, 0.002, 0.003, 0.004]);
  expect(ticksBetween(-60, 60, 4)).toEqual([-60, -30, 0, 30, 60]);
});

test("numbers are orange below zero, blue above, and no number is neither", () => {
  const pixels = new Uint32Array(4);
  const soft = softened(PALETTE);
  paintSigned(pixels, { values: Float32Array.of(-2, 2, 0.1, NaN), count: 1, side: 2 }, PALETTE, 2, false);
  expect([rgb(pixels[0]!), rgb(pixels[1]!), rgb(pixels[3]!)]).toEqual([soft.minus, soft.plus, PALETTE.bad]);
  paintSigned(pixels, { values: Float32Array.of(-2, 2, 0.1, NaN), count: 1, side: 2 }, PALETTE, 2, true);
  expect([rgb(pixels[2]!), rgb(pixels[3]!)]).toEqual([soft.plus, PALETTE.bad]);
});

test("classes are mixed by probability, or the likeliest alone is seen", () => {
  const colours = [[200, 0, 0], [0, 200, 0], [0, 0, 200]] as const;
  const one = { values: Float32Array.of(0.5, 0.3, 0.2), count: 3, side: 1 };
  const pixels = new Uint32Array(1);
  paintClasses(pixels, one, colours, PALETTE, false);
  expect(rgb(pixels[0]!)).toEqual([100, 71, 57]); // 0.28 of grey 100, and 0.72 of the mixture
  paintClasses(pixels, one, colours, PALETTE, true);
  expect(rgb(pixels[0]!)).toEqual(softened({ ...PALETTE, plus: [200, 0, 0] }).plus);
});

test("labels are read as those of the points that are there, not of a problem that is still on its way", () => {
  const points = { type: "data", problem: "regression", classes: 2, columns: ["x1", "x2"], domain: DOMAIN, range: [0, 4] } as const;
  data.value = { ...points, x: { shape: [1, 2], values: Float32Array.of(0, 0) }, y: Float32Array.of(3.7), part: Float32Array.of(0), shown: Float32Array.of(0, 0) } as unknown as PlayData;
  state.value = START;
  expect(hasAmounts()).toBe(true);
  data.value = null;
});

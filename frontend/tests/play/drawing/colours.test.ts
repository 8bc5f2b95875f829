import { describe, expect, test } from "vitest";
import { colourOf, dashOf, scaleOf, shadeOf, shadesOf, signOf, weightColour, widthOf, type Palette } from "../../../src/play/drawing/colours";

const palette: Palette = { minus: [245, 147, 34], zero: [232, 234, 235], plus: [8, 119, 189], bad: [255, 0, 255] };

test("numbers from -1 to 1 go from minus over zero to plus, and no further", () => {
  expect([-1, 0, 1, -9, 9].map((value) => colourOf(palette, value))).toEqual([palette.minus, palette.zero, palette.plus, palette.minus, palette.plus]);
  expect(colourOf(palette, NaN)).toEqual(palette.bad);
});

test("shades are the same colours as pixels", () => {
  const bytes = new Uint8Array(shadesOf(palette).buffer);
  const shade = (index: number) => [...bytes.subarray(4 * index, 4 * index + 4)];
  expect(shade(shadeOf(-1, 1))).toEqual([...palette.minus, 255]);
  expect(shade(shadeOf(4, 4))).toEqual([...palette.plus, 255]);
  expect(shade(shadeOf(NaN, 1))).toEqual([...palette.bad, 255]);
  expect(shadeOf(-Infinity, 1)).toBe(0);
});

test("a scale is 1, or the power of two that holds the largest number", () => {
  expect([[0.2, -1], [1.5], [-5, 3], [NaN, Infinity, 0.5], []].map((values) => scaleOf(Float32Array.from(values)))).toEqual([1, 2, 8, 1, 1]);
  expect(scaleOf(Float32Array.from([100, 2, 3, 100]), 1, 3)).toBe(4);
});

describe("a link", () => {
  test("is the wider the larger its weight, within bounds", () => {
    const widths = [0, 0.1, 0.5, 2, 5, 50].map((weight) => widthOf(-weight));
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(widths.at(-1)).toBe(9);
    expect(widthOf(0)).toBeLessThan(1);
    expect(widthOf(NaN)).toBeLessThan(1);
  });
  test("tells its sign by colour, dashes and a sign", () => {
    expect([dashOf(1), dashOf(-1)]).not.toEqual([dashOf(-1), dashOf(1)]);
    expect(dashOf(0)).not.toEqual(dashOf(1));
    expect([0.5, -0.5, 0, NaN].map(signOf)).toEqual(["+", "−", "0", "?"]);
    expect(weightColour(palette, 3)).toEqual(palette.plus);
    expect(weightColour(palette, -3)).toEqual(palette.minus);
    expect(weightColour(palette, 0.001)).toEqual(palette.zero);
  });
});

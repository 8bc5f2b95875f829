import { describe, expect, test } from "vitest";
import { inkOn, mix, styleOf } from "../../src/components/colours";
import { tilesOf } from "../../src/components/drawArray";
import { extentOf } from "../../src/components/drawHeat";
import { pixelsOf, wavePath } from "../../src/components/InputView";
import { sharesOf } from "../../src/components/NetworkMap";

describe("arrays as pictures", () => {
  test("a matrix is one tile", () => {
    const tiles = tilesOf([2, 3]);
    expect([tiles.rows, tiles.columns, tiles.count, tiles.at(0, 1, 2)]).toEqual([2, 3, 1, 5]);
  });
  test("filters are a tile for each pair of channels", () => {
    const tiles = tilesOf([3, 3, 2, 4]);
    expect([tiles.rows, tiles.columns, tiles.count, tiles.at(7, 2, 2)]).toEqual([3, 3, 8, 71]);
  });
  test("what takes from a square picture is drawn as squares", () => {
    expect(tilesOf([784, 10])).toMatchObject({ rows: 28, columns: 28, count: 10 });
  });
  test("a vector is a row", () => expect(tilesOf([5])).toMatchObject({ rows: 1, columns: 5, count: 1 }));
});

test("the extent of histograms leaves out one spike of a hundred", () => {
  const least = Array.from({ length: 100 }, (_, index) => (index === 50 ? -1e9 : -1));
  expect(extentOf({ steps: [], epochs: [], least, greatest: least.map(() => 1), counts: [] })).toEqual({ least: -1, greatest: 1 });
  expect(extentOf({ steps: [], epochs: [], least: [NaN], greatest: [NaN], counts: [] })).toEqual({ least: 0, greatest: 1 });
});

test("no two of forty lines look alike, in colour and dashes", () => {
  const looks = Array.from({ length: 40 }, (_, index) => JSON.stringify(styleOf(index)));
  expect(new Set(looks).size).toBe(40);
});

test("ink is black on light colours and white on dark ones", () => {
  expect([inkOn([255, 255, 255]), inkOn([0, 0, 0]), inkOn([0, 104, 168])]).toEqual(["#000", "#fff", "#fff"]);
  expect(mix([0, 0, 0], [100, 200, 50], 0.5)).toEqual([50, 100, 25]);
});

test("layers are coloured between the least and the greatest, by logarithm where far apart", () => {
  expect(sharesOf([1, NaN, 3, 2])).toEqual([0, NaN, 1, 0.5]);
  expect(sharesOf([1e-4, 1e-2, 1])).toEqual([0, expect.closeTo(0.5, 9), 1]);
});

test("grey pictures have three equal colours; waves have gaps where there is no number", () => {
  const pixels = pixelsOf({ kind: "image", height: 1, width: 2, channels: 1, values: [0, 300] });
  expect([...pixels]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  expect(wavePath([0, NaN, 1])).toBe("M0.0 68.0M240.0 4.0");
});

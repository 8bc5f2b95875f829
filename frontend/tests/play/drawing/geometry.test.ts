import { describe, expect, test } from "vitest";
import { controls, layOut, linkAt, linkCurve, markerPlace, MARKER, pointAt, REACH, TARGET, type Layout } from "../../../src/play/drawing/geometry";

const lay = (units: number[], width: number, heads = true): Layout => layOut({ units, width, labels: 48, heads });
const SHAPES: [number[], number][] = [
  [[7, 4, 2, 1], 700], [[7, 4, 2, 1], 336], [[7, 8, 8, 8, 8, 8, 8, 1], 700], [[7, 8, 8, 8, 8, 8, 8, 1], 1800], [[7, 1], 336],
  [[20, 64, 64, 3], 900], [[7, ...Array<number>(20).fill(64), 8], 1200], [[7, 1], 2560],
];

describe.each(SHAPES)("a network of %j in %i pixels", (units, width) => {
  const layout = lay(units, width);
  test("has all units within its picture, none over another", () => {
    expect(layout.places.map(({ length }) => length)).toEqual(units);
    const all = layout.places.flat();
    for (const { x, y } of all) {
      expect(x - layout.size / 2).toBeGreaterThanOrEqual(0);
      expect(x + layout.size / 2).toBeLessThanOrEqual(layout.width);
      expect(y - layout.size / 2).toBeGreaterThanOrEqual(0);
      expect(y + layout.size / 2).toBeLessThanOrEqual(layout.height);
    }
    for (const places of layout.places) {
      for (let unit = 1; unit < places.length; unit++) {
        const apart = Math.hypot(places[unit]!.x - places[unit - 1]!.x, places[unit]!.y - places[unit - 1]!.y);
        expect(apart).toBeGreaterThanOrEqual(layout.size + 4);
      }
    }
  });
  test("has targets that are large enough, those of biases too", () => {
    expect(layout.size).toBeGreaterThanOrEqual(TARGET);
    layout.places.slice(1).flat().forEach((place) => {
      const marker = markerPlace(layout, place);
      // The whole marker lies outside of the unit's picture.
      expect(Math.hypot(marker.x - place.x, marker.y - place.y)).toBeGreaterThanOrEqual(layout.size / 2 + MARKER);
    });
    if (units.some((count) => count > 1)) {
      const [one, two] = layout.places.find(({ length }) => length > 1)!.map((place) => markerPlace(layout, place));
      expect(Math.hypot(two!.x - one!.x, two!.y - one!.y)).toBeGreaterThanOrEqual(TARGET);
    }
  });
});

test("a wide screen has larger pictures, many units smaller ones", () => {
  expect(lay([7, 4, 2, 1], 1200).size).toBeGreaterThan(lay([7, 4, 2, 1], 560).size);
  expect(lay([7, 64, 1], 1200).size).toBeLessThan(lay([7, 8, 1], 1200).size);
});

test("on a telephone layers go downwards where they fit, and nothing is wider than the screen", () => {
  expect(lay([7, 4, 2, 1], 336)).toMatchObject({ turned: true });
  expect(lay([7, 4, 2, 1], 336).width).toBeLessThanOrEqual(336);
  expect(lay([7, 4, 2, 1], 700)).toMatchObject({ turned: false });
  expect(lay([7, 64, 1], 250)).toMatchObject({ turned: false });
});

test.each([false, true])("a curve begins and ends where it should, turned: %s", (turned) => {
  const layout = { ...lay([2, 2], 600), turned };
  const curve = linkCurve(layout, layout.places[0]![0]!, layout.places[1]![1]!);
  expect(pointAt(curve, 0)).toEqual(curve.from);
  expect(pointAt(curve, 1)).toEqual(curve.to);
  // Against the definition of a cubic curve of Bézier by de Casteljau.
  const [one, two] = controls(curve);
  const between = (a: { x: number; y: number }, b: { x: number; y: number }) => ({ x: a.x + 0.3 * (b.x - a.x), y: a.y + 0.3 * (b.y - a.y) });
  const [p, q, r] = [between(curve.from, one), between(one, two), between(two, curve.to)];
  const wanted = between(between(p, q), between(q, r));
  expect(pointAt(curve, 0.3).x).toBeCloseTo(wanted.x, 9);
  expect(pointAt(curve, 0.3).y).toBeCloseTo(wanted.y, 9);
});

describe("the link under a pointer", () => {
  test.each([700, 336])("is found on its whole way, in %i pixels", (width) => {
    const layout = lay([7, 4, 2, 1], width);
    for (const [layer, from, to] of [[1, 0, 3], [1, 6, 0], [2, 3, 0], [3, 1, 0]] as const) {
      const curve = linkCurve(layout, layout.places[layer - 1]![from]!, layout.places[layer]![to]!);
      for (const share of [0.3, 0.5, 0.7]) {
        const point = pointAt(curve, share);
        const isIt = (link: { layer: number; from: number; to: number }) => link.layer === layer && link.from === from && link.to === to;
        expect(linkAt(layout, point, isIt)).toEqual({ layer, from, to });
      }
    }
  });
  test("is not one further away than its reach", () => {
    const layout = lay([2, 2], 700);
    const point = pointAt(linkCurve(layout, layout.places[0]![0]!, layout.places[1]![0]!), 0.5);
    const find = (away: number) => linkAt(layout, { x: point.x, y: point.y - away }, () => true);
    expect([find(0), find(REACH - 0.1), find(REACH + 0.1)]).toEqual([{ layer: 1, from: 0, to: 0 }, { layer: 1, from: 0, to: 0 }, null]);
  });
  test("is no link of a feature that is switched off", () => {
    const layout = lay([2, 1], 600);
    const point = pointAt(linkCurve(layout, layout.places[0]![1]!, layout.places[1]![0]!), 0.2);
    expect(linkAt(layout, point, () => true)).toEqual({ layer: 1, from: 1, to: 0 });
    expect(linkAt(layout, point, ({ from }) => from !== 1)).toBeNull();
  });
  test("is none outside of the gaps between layers", () => {
    const layout = lay([2, 1], 600);
    expect(linkAt(layout, layout.places[0]![0]!, () => true)).toBeNull();
  });
});

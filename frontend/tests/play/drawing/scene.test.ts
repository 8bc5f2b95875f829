import { describe, expect, test } from "vitest";
import { columnsOf, featurePicture, toggleFeature } from "../../../src/play/drawing/columns";
import { layOut } from "../../../src/play/drawing/geometry";
import { litOf, litTarget, NONE } from "../../../src/play/drawing/lights";
import { at, linkWeight, meanOutput, readTarget, writeTarget, type NetworkFrame, type Numbers } from "../../../src/play/drawing/numbers";
import { paintTile, sourcesOf } from "../../../src/play/drawing/pictures";
import { pngAddress } from "../../../src/play/drawing/png";
import { MOST_LINKS, sceneOf } from "../../../src/play/drawing/scene";
import { unitSigns } from "../../../src/play/drawing/signs";
import { mapSvg, networkSvg } from "../../../src/play/drawing/svg";
import { shadesOf } from "../../../src/play/drawing/colours";
import { START, type NetworkState } from "../../../src/play/state";

const numbers = (shape: number[], value: (index: number) => number): Numbers => ({
  shape, values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => value(index)),
});
const network: NetworkState = { ...START.networks[0]!, features: ["x1", "x1x2"], layers: [{ units: 2, activation: "tanh" }] };

function frameOf(arrays: Record<string, Numbers>, layers = [["dense_1", 2], ["dense_2", 1]] as [string, number][]): NetworkFrame {
  return {
    epoch: 0, step: 0, loss: { train: 0, test: 0 }, accuracy: null, penalty: null, learning_rate: 0.1, status: "ready", note: null,
    layers: layers.map(([path, units]) => ({ path, units, activation: "tanh" })), confusion: null, signs: [], history_from: 0,
    arrays: new Map(Object.entries(arrays)),
  };
}

const frame = frameOf({
  "param:dense_1/W": numbers([2, 2], (index) => [0.5, -2, 0, 3][index]!),
  "param:dense_1/b": numbers([2], (index) => [0.25, -0.25][index]!),
  "param:dense_2/W": numbers([2, 1], (index) => index + 1),
  "param:dense_2/b": numbers([1], () => 0.75),
  "grad:dense_1/W": numbers([2, 2], (index) => index / 10),
  features: numbers([2, 4, 4], (index) => index),
  "unit:1": numbers([2, 4, 4], (index) => (index < 16 ? 0.5 : -0.5)),
  map: numbers([1, 8, 8], () => 1),
});
const columns = columnsOf(network, START.data, frame);
const layout = layOut({ units: columns.map(({ units }) => units.length), width: 700, labels: 40, heads: true });

describe("columns", () => {
  test("are all features, hidden layers and the output; a feature that is on has its row of the weights", () => {
    expect(columns.map(({ kind, path, units }) => [kind, path, units.length])).toEqual([
      ["features", null, 7], ["hidden", "dense_1", 2], ["output", "dense_2", 1],
    ]);
    expect(columns[0]!.units.map(({ row }) => row)).toEqual([0, null, null, null, 1, null, null]);
  });
  test("have no paths of a frame that is of another network", () => {
    expect(columnsOf({ ...network, layers: [] }, START.data, frame).map(({ path }) => path)).toEqual([null, null]);
  });
  test("of own data with three inputs are these; of many classes there is an output for each", () => {
    const data = { ...START.data, name: "own" as const, columns: ["height", "width", "age"], classes: 3 };
    const [inputs, , output] = columnsOf(network, data, null);
    expect(inputs!.units.map(({ label, row }) => [label, row])).toEqual([["height", 0], ["width", 1], ["age", 2]]);
    expect(output!.units.length).toBe(3);
  });
  test("a feature is switched on and off, in the order of the drawing", () => {
    expect(toggleFeature(["x1", "x2"], "x1")).toEqual(["x2"]);
    expect(toggleFeature(["x2", "sin(x1)"], "x1^2")).toEqual(["x2", "x1^2", "sin(x1)"]);
  });
  test("the picture of a feature that is off has the greatest x2 on top", () => {
    expect([...featurePicture("x2", [[-6, 6], [-6, 6]], 2)]).toEqual([3, 3, -3, -3]);
    expect([...featurePicture("x1x2", [[-6, 6], [-6, 6]], 2)]).toEqual([-9, 9, 9, -9]);
  });
});

describe("a scene", () => {
  const scene = sceneOf(layout, columns, frame, { lit: NONE, chosen: NONE, near: null });
  test("has the link of each weight, by the place of its feature, with weight and gradient", () => {
    expect(scene.links.map(({ layer, from, to, weight }) => [layer, from, to, weight])).toEqual([
      [1, 0, 0, 0.5], [1, 0, 1, -2], [1, 4, 0, 0], [1, 4, 1, 3], [2, 0, 0, 1], [2, 1, 0, 2],
    ]);
    expect(scene.links[3]!.gradient).toBeCloseTo(0.3, 6);
    expect(scene.links[4]!.gradient).toBeNaN();
  });
  test("has the bias of every unit, the output's too", () => {
    expect(scene.biases.map(({ layer, unit, value }) => [layer, unit, value])).toEqual([[1, 0, 0.25], [1, 1, -0.25], [2, 0, 0.75]]);
  });
  test("before the first frame it has all links, and no numbers", () => {
    const before = sceneOf(layout, columnsOf(network, START.data, null), null, { lit: NONE, chosen: NONE, near: null });
    expect(before.links.length).toBe(6);
    expect(before.links.every(({ weight }) => weight === null)).toBe(true);
  });
  test("of very many links has the strongest, and those of the unit that is pointed at", () => {
    const wide: NetworkState = { ...network, layers: Array.from({ length: 3 }, () => ({ units: 64, activation: "relu" as const })) };
    const many = frameOf(Object.fromEntries([[1, 2, 64], [2, 64, 64], [3, 64, 64], [4, 64, 1]].map(([layer, from, to]) =>
      [`param:dense_${layer}/W`, numbers([from!, to!], (index) => Math.sin(index + 1))])), [["dense_1", 64], ["dense_2", 64], ["dense_3", 64], ["dense_4", 1]]);
    const shown = columnsOf(wide, START.data, many);
    const wideLayout = layOut({ units: shown.map(({ units }) => units.length), width: 900, labels: 40, heads: true });
    const drawn = sceneOf(wideLayout, shown, many, { lit: NONE, chosen: NONE, near: null });
    expect(drawn.all).toBe(2 * 64 + 2 * 64 * 64 + 64);
    expect(Math.abs(drawn.links.length - MOST_LINKS)).toBeLessThan(20); // some are equally strong
    const near = sceneOf(wideLayout, shown, many, { lit: NONE, chosen: NONE, near: { layer: 2, unit: 5 } });
    expect(near.links.filter(({ layer, to }) => layer === 2 && to === 5).length).toBe(64);
    expect(near.links.filter(({ layer, from }) => layer === 3 && from === 5).length).toBe(64);
  });
});

describe("what lights up", () => {
  test("is a link, a bias or a unit, forward with its value and backward with its gradient", () => {
    const lit = litOf([
      { path: "x", index: [1], kind: "forward", value: 2 },
      { path: "dense_1/W", index: [1, 0], kind: "forward", value: 0.5 },
      { path: "dense_1/W", index: [1, 0], kind: "backward", value: -3 },
      { path: "dense_1", index: [1], kind: "backward", value: null },
      { path: "dense_2/b", index: [0], kind: "forward", value: 1 },
    ], columns);
    expect(lit.link(1, 4, 0)).toEqual({ forward: 0.5, backward: -3 }); // the second feature in use is the fifth of the drawing
    expect([lit.link(1, 0, 0), lit.link(1, 1, 0), lit.bias(1, 0), lit.unit(1, 0), lit.unit(0, 1)]).toEqual([null, null, null, null, null]);
    expect([lit.unit(0, 4), lit.unit(1, 1), lit.bias(2, 0)]).toEqual([{ forward: 2 }, { backward: null }, { forward: 1 }]);
  });
  test("of maxout a link is lit by any of its pieces", () => {
    expect(litOf([{ path: "dense_1/W", index: [0, 1, 1], kind: "forward", value: 7 }], columns).link(1, 0, 1)).toEqual({ forward: 7 });
  });
  test("is what is selected", () => {
    expect(litTarget("dense_1/W[0, 1]", columns).link(1, 0, 1)).not.toBeNull();
    expect(litTarget("dense_1[1]", columns).unit(1, 1)).not.toBeNull();
    expect([litTarget(null, columns), litTarget("loss", columns)]).toEqual([NONE, NONE]);
  });
  test("targets are read as they are written", () => {
    for (const text of ["dense_1/W[0, 1]", "dense_2/b[3]", "dense_1[2]"]) expect(writeTarget(readTarget(text)!)).toBe(text);
    expect(readTarget("dense_1/W")).toEqual({ layer: "dense_1", leaf: "W", index: [] });
    expect(readTarget("a/b/c[")).toBeNull();
  });
});

test("signs are marked on their units, or on their layer", () => {
  const signs = ["dense_1[0, 1, 9]", "dense_2", null, "dense_7[0]"].map((path) => ({ sign: "dead_units", level: "warning" as const, path, seen: {}, remedy: null }));
  expect(unitSigns(signs, columns).map(({ layer, unit }) => [layer, unit])).toEqual([[1, 0], [1, 1], [2, null]]);
});

describe("numbers of a frame", () => {
  test("of maxout a link has its strongest piece", () => {
    const weights = numbers([1, 2, 2], (index) => [0.1, 4, -2, 1][index]!); // input, piece, unit
    expect([linkWeight(weights, 0, 0), linkWeight(weights, 0, 1)]).toEqual([-2, 4]);
  });
  test("what an array does not have is no number", () => expect(at(frame.arrays.get("param:dense_1/W")!, [2, 0])).toBeNaN());
  test("a unit has a mean output over the plane", () => expect(meanOutput(frame.arrays.get("unit:1")!, 1)).toBe(-0.5));
});

describe("pictures", () => {
  const palette = { minus: [255, 0, 0], zero: [0, 255, 0], plus: [0, 0, 255], bad: [1, 2, 3] } as const;
  const sources = sourcesOf(columns, frame, [[-6, 6], [-6, 6]]);
  test("of features that are on, units and the map come from the frame; of those off from their formula", () => {
    expect(sources[0]!.map((source) => source?.side)).toEqual([4, 20, 20, 20, 4, 20, 20]);
    expect(sources[0]![4]!.from).toBe(16);
    expect(sources[2]![0]!.side).toBe(8);
    expect(sourcesOf(columns, null, [[-6, 6], [-6, 6]])[1]).toEqual([null, null]);
  });
  test("are painted into their place alone, upright, on a scale of their own", () => {
    const pixels = new Uint32Array(3 * 2);
    paintTile(pixels, 1, 3, 2, { values: Float32Array.from([9, -8, 8, 0, NaN]), from: 1, side: 2 }, shadesOf(palette), false);
    const [minus, , plus] = [0, 128, 255].map((shade) => shadesOf(palette)[shade]);
    expect([pixels[0], pixels[1], pixels[2], pixels[3], pixels[4]]).toEqual([0, minus, plus, 0, expect.any(Number)]);
    expect(pixels[5]).toBe(shadesOf(palette)[256]);
  });
  test("a PNG has the pixels that went in", async () => {
    const rgb = Uint8Array.from({ length: 200 * 150 * 3 }, (_, index) => (index * 7) % 256);
    const bytes = Uint8Array.from(atob(pngAddress(200, 150, rgb).split(",")[1]!), (letter) => letter.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([200, 150]);
    const stored = new Blob([bytes.subarray(41, 41 + view.getUint32(33))]).stream().pipeThrough(new DecompressionStream("deflate"));
    const lines = new Uint8Array(await new Response(stored).arrayBuffer());
    expect(lines.length).toBe(150 * 601);
    expect([...lines.subarray(149 * 601 + 1)]).toEqual([...rgb.subarray(149 * 600)]);
  });
  test("the exported picture has every link, bias and picture, and its title is text", () => {
    const scene = sceneOf(layout, columns, frame, { lit: NONE, chosen: NONE, near: null });
    const paper = { palette, ground: "#fff", edge: "#000", text: "#000" };
    const svg = networkSvg(scene, sources.flat(), false, paper, "a < b");
    expect(svg.match(/<path /g)!.length).toBe(6);
    expect(svg.match(/<circle /g)!.length).toBe(3);
    expect(svg.match(/<image /g)!.length).toBe(10);
    expect(svg).toContain("<title>a &#60; b</title>");
    const map = mapSvg(new Uint32Array(4), 2, [[-6, 6], [-6, 6]], [{ path: "M0 0Z", fill: "#fff", edge: "#000" }], paper, "map");
    expect([map.match(/<path /g)!.length, map.match(/<image /g)!.length]).toEqual([1, 1]);
    expect(map.match(/<text /g)!.length).toBe(10); // -6, -3, 0, 3, 6 of both
  });
});

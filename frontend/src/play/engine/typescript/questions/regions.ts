/** What each layer makes of the plane, as `pellucid/studies/plane_regions.py` finds it. */
import type { Numbers } from "../envelope";
import { inputsAt } from "../data/plane";
import { winner, type Layer } from "../layer";
import type { PlayNetwork } from "../play_network";
import type { Activation } from "../../../state";
import { inputsOf } from "./about";
import { spaced } from "./axis";
import { trainingOf, type Question } from "./question";

/** Where activations of straight pieces bend or jump; all others curve, and count as two sides of 0. */
const KINKS: Partial<Record<Activation, readonly number[]>> = { relu: [0], leaky_relu: [0], step: [0], hard_tanh: [-1, 1], identity: [] };

export const regions: Question = (scene, about) => {
  const points = about["points"] ?? 40;
  if (!Number.isInteger(points) || (points as number) < 5 || (points as number) > 100) {
    throw new Error(`regions: points is a whole number from 5 to 100, not ${JSON.stringify(points)}`);
  }
  const { network, now } = trainingOf(scene, about);
  const n = points as number;
  const axes = network.data.domain.map((ends) => spaced(ends, n));
  const seen = seeGrid(network, now.w, gridInputs(network, axes));
  const arrays: Numbers[] = [{ name: "grid", shape: [2, n], values: axes.flat() }];
  let before = new Int32Array(n * n);
  let isLinear = true;
  const layers = seen.map(({ layer, bent, sides }, l) => {
    isLinear &&= layer.kind === "maxout" || layer.kind in KINKS;
    const { numbers, count } = numberRows(before, sides, layer.units);
    before = numbers;
    arrays.push({ name: `bent:${l + 1}`, shape: [layer.units, n, n], values: bent });
    arrays.push({ name: `pattern:${l + 1}`, shape: [n, n], values: numbers });
    return { path: layer.path, units: layer.units, activation: layer.kind, patterns: count, linear: isLinear };
  });
  return { values: { layers }, arrays };
};

/** What goes in at the points of the grid, row by row from the least x2 up. */
function gridInputs(network: PlayNetwork, [across, up]: number[][]): Float64Array {
  const { plane, columns } = network.data;
  const raw = new Float64Array(across!.length * up!.length * columns.length);
  up!.forEach((x2, row) => across!.forEach((x1, column) => {
    inputsAt(plane, x1, x2, raw, (row * across!.length + column) * columns.length);
  }));
  return inputsOf(network, raw);
}

/** Of each hidden layer the outputs (units, N), and on which side of its bends each unit is (N, units). */
function seeGrid({ layers }: PlayNetwork, w: Float64Array, x: Float64Array) {
  const cells = x.length / layers.inputs;
  const seen = layers.layers.slice(0, -1).map((layer) => ({
    layer, bent: new Float64Array(layer.units * cells), sides: new Uint8Array(cells * layer.units),
  }));
  layers.walk(w, x, (rows, from) => {
    seen.forEach(({ layer, bent, sides }) => {
      for (let row = 0; row < rows; row++) {
        for (let k = 0; k < layer.units; k++) {
          bent[k * cells + from + row] = layer.y[row * layer.units + k]!;
          sides[(from + row) * layer.units + k] = sideOf(layer, row, k);
        }
      }
    });
  });
  return seen;
}

function sideOf(layer: Layer, row: number, unit: number): number {
  if (layer.kind === "maxout") return winner(layer, row, unit);
  let side = 0;
  for (const kink of KINKS[layer.kind] ?? [0]) if (layer.z[row * layer.units + unit]! > kink) side++;
  return side;
}

/** The number of each combination of a number before and sides, counted by where they first come. */
function numberRows(before: Int32Array, sides: Uint8Array, units: number) {
  const known = new Map<string, number>();
  const numbers = before.map((number, row) => {
    const key = `${number} ${sides.subarray(row * units, (row + 1) * units).join("")}`;
    const found = known.get(key) ?? known.size;
    known.set(key, found);
    return found;
  });
  return { numbers, count: known.size };
}

/** Pictures of the plane, as `pellucid/playground/pictures.py` makes them: rows from the greatest x2 down, cells at their middles. */
import { inputsAt } from "./data/plane";
import { featuresOf } from "./features";
import { ROWS } from "./network";
import { answer } from "./objective";
import type { PlayNetwork } from "./play_network";

/** The inputs of one network over the plane, worked out once. */
export interface Grid {
  side: number;
  /** (side * side, inputs), row by row. */
  x: Float64Array;
  /** Each feature as a picture, one after another. */
  features: Float32Array;
}

export function makeGrid({ data, state, preparation }: PlayNetwork, side: number): Grid {
  const { plane, domain: [[left, right], [low, high]], columns } = data;
  const raw = new Float64Array(side * side * columns.length);
  for (let i = 0; i < side * side; i++) {
    const x1 = left + ((right - left) * ((i % side) + 0.5)) / side;
    const x2 = high - ((high - low) * (Math.floor(i / side) + 0.5)) / side;
    inputsAt(plane, x1, x2, raw, i * columns.length);
  }
  const features = featuresOf(state.features, raw, columns.length);
  const count = features.length / (side * side);
  const pictures = new Float32Array(features.length);
  putPictures(features, side * side, count, pictures, 0, side);
  return { side, x: preparation.apply(features), features: pictures };
}

export interface Pictures {
  /** (K, side, side), if it was asked for. */
  map: Float32Array | null;
  /** Of each hidden layer (units, side, side), if they were asked for. */
  units: Float32Array[];
}

/** What the network makes of a grid: its answer, the outputs of its units, or both. */
export function drawPictures(network: PlayNetwork, w: Float64Array, { side, x }: Grid, ask: { map: boolean; units: boolean }): Pictures {
  const { layers, objective } = network;
  const cells = side * side;
  const map = ask.map ? new Float32Array(objective.outputs * cells) : null;
  const units = ask.units ? layers.layers.slice(0, -1).map((layer) => new Float32Array(layer.units * cells)) : [];
  for (let from = 0; from < cells; from += ROWS) {
    const rows = Math.min(ROWS, cells - from);
    layers.input.set(x.subarray(from * layers.inputs, (from + rows) * layers.inputs));
    layers.forward(w, rows);
    units.forEach((picture, l) => putPictures(layers.layers[l]!.y, rows, layers.layers[l]!.units, picture, from, side));
    if (!map) continue;
    answer(objective, layers.y, rows);
    putPictures(layers.y, rows, objective.outputs, map, from, side);
  }
  return { map, units };
}

/** Numbers row by row (rows, count) as parts of `count` pictures, from cell `from` on. */
function putPictures(numbers: Float64Array, rows: number, count: number, pictures: Float32Array, from: number, side: number): void {
  for (let k = 0; k < count; k++) {
    const begin = k * side * side + from;
    for (let row = 0; row < rows; row++) pictures[begin + row] = numbers[row * count + k]!;
  }
}

/** Pictures of the plane, as `pellucid/playground/pictures.py` makes them: rows from the greatest x2 down, cells at their middles. */
import { inputsAt } from "./data/plane";
import { featuresOf } from "./features";
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

/** What the network answers over a grid, (K, side, side). */
export function drawMap({ layers, objective }: PlayNetwork, w: Float64Array, { side, x }: Grid): Float32Array {
  const map = new Float32Array(objective.outputs * side * side);
  layers.walk(w, x, (rows, from) => {
    answer(objective, layers.y, rows);
    putPictures(layers.y, rows, objective.outputs, map, from, side);
  });
  return map;
}

/** The outputs of each hidden layer over a grid, (units, side, side). */
export function drawUnits({ layers }: PlayNetwork, w: Float64Array, { side, x }: Grid): Float32Array[] {
  const hidden = layers.layers.slice(0, -1);
  const pictures = hidden.map((layer) => new Float32Array(layer.units * side * side));
  layers.walk(w, x, (rows, from) => hidden.forEach(({ y, units }, l) => putPictures(y, rows, units, pictures[l]!, from, side)));
  return pictures;
}

/** Numbers row by row (rows, count) as parts of `count` pictures, from cell `from` on. */
function putPictures(numbers: Float64Array, rows: number, count: number, pictures: Float32Array, from: number, side: number): void {
  for (let k = 0; k < count; k++) {
    const begin = k * side * side + from;
    for (let row = 0; row < rows; row++) pictures[begin + row] = numbers[row * count + k]!;
  }
}

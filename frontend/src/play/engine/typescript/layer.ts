/** A layer of weights with its activation and, where asked for, dropout: forward and backward on flat arrays, row by row. */
import type { Activation } from "../../state";
import type { Elementwise } from "./activations/elementwise";

export interface Layer {
  /** Of its weights, such as `dense_1`; of what gives its output, such as `tanh_1`; of its dropout. */
  path: string;
  output: string;
  dropoutPath: string;
  inputs: number;
  units: number;
  /** Weighted sums of a unit: 1 but in maxout. */
  pieces: number;
  kind: Activation;
  /** None: maxout, the largest of its sums. */
  activation: Elementwise | null;
  /** Where W (inputs, pieces * units) and b begin among all weights of the network. */
  W: number;
  b: number;
  /** The number of the weighted layer, and of its dropout, in the chain that Python has: random numbers go by it. */
  place: number;
  dropout: number | null;
  /** Weighted sums (rows, pieces * units), outputs, and what the next layer gets: the same, or after dropout. */
  z: Float64Array;
  y: Float64Array;
  out: Float64Array;
  mask: Float64Array;
  /** Gradients by z; those by `out` are handed in, and changed. */
  dz: Float64Array;
}

/** z, y and out of x; the weights are those of the whole network. With `masked` the mask leaves numbers out, else it is 1. */
export function forward(layer: Layer, w: Float64Array, x: Float64Array, rows: number, masked: boolean): void {
  const { inputs, units, pieces, z, y, W } = layer;
  const sums = pieces * units;
  for (let row = 0; row < rows; row++) {
    const at = row * sums;
    for (let k = 0; k < sums; k++) z[at + k] = 0;
    for (let i = 0; i < inputs; i++) {
      const xi = x[row * inputs + i]!;
      const from = W + i * sums;
      for (let k = 0; k < sums; k++) z[at + k]! += xi * w[from + k]!;
    }
    for (let k = 0; k < sums; k++) z[at + k]! += w[layer.b + k]!;
  }
  if (layer.activation) layer.activation.forward(z, y, rows * units);
  else pickLargest(layer, rows);
  if (layer.out === y) return;
  if (!masked) layer.mask.fill(1, 0, rows * units);
  for (let i = 0; i < rows * units; i++) layer.out[i] = y[i]! * layer.mask[i]!;
}

/** The gradient by y of that by out, in its place. */
export function backThroughDropout({ out, y, mask, units }: Layer, dout: Float64Array, rows: number): void {
  if (out !== y) for (let i = 0; i < rows * units; i++) dout[i] = dout[i]! * mask[i]!;
}

/** dz of the gradient by y. */
export function backThroughActivation(layer: Layer, dy: Float64Array, rows: number): void {
  if (layer.activation) layer.activation.backward(layer.z, layer.y, dy, layer.dz, rows * layer.units);
  else giveToLargest(layer, dy, rows);
}

/** Gradients of W and b of dz, and by x, where it is asked for. */
export function backThroughSums(
  layer: Layer, w: Float64Array, x: Float64Array, g: Float64Array, dx: Float64Array | null, rows: number,
): void {
  const { inputs, units, pieces, W, b, dz } = layer;
  const sums = pieces * units;
  g.fill(0, W, b + sums);
  for (let row = 0; row < rows; row++) {
    const at = row * sums;
    for (let i = 0; i < inputs; i++) {
      const xi = x[row * inputs + i]!;
      const from = W + i * sums;
      let sum = 0;
      for (let k = 0; k < sums; k++) {
        const d = dz[at + k]!;
        g[from + k]! += xi * d;
        sum += d * w[from + k]!;
      }
      if (dx) dx[row * inputs + i] = sum;
    }
    for (let k = 0; k < sums; k++) g[b + k]! += dz[at + k]!;
  }
}

/** The weighted sums of units, of maxout the largest of each: its outputs. */
export const preActivations = ({ pieces, y, z }: Layer): Float64Array => (pieces > 1 ? y : z);

/** Which piece of a unit is its output: the first of those that tie. */
export function winner({ units, pieces, z, y }: Layer, row: number, unit: number): number {
  let piece = 0;
  while (piece < pieces - 1 && z[(row * pieces + piece) * units + unit]! < y[row * units + unit]!) piece++;
  return piece;
}

/** y of the pieces: the largest, NaN where there is one. */
function pickLargest({ units, pieces, z, y }: Layer, rows: number): void {
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < units; k++) {
      let most = -Infinity;
      for (let piece = 0; piece < pieces; piece++) most = Math.max(most, z[(row * pieces + piece) * units + k]!);
      y[row * units + k] = most;
    }
  }
}

/** The gradient goes to the winning piece alone. */
function giveToLargest(layer: Layer, dout: Float64Array, rows: number): void {
  const { units, pieces, dz } = layer;
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < units; k++) {
      const won = winner(layer, row, k);
      for (let piece = 0; piece < pieces; piece++) dz[(row * pieces + piece) * units + k] = piece === won ? dout[row * units + k]! : 0;
    }
  }
}

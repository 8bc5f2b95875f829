/** Where the first number was born that is not finite, as `pellucid/train/failure.py` looks for it. */
import { backThroughActivation, backThroughDropout, backThroughSums } from "./layer";
import type { Key } from "./random";
import type { Batches } from "./step";

export interface Place {
  order: Int32Array;
  start: number;
  rows: number;
  key: Key | null;
}

/** The first quantity of a step from the weights `w`, in the order in which it comes about, that is not finite. */
export function findBirth(batches: Batches, w: Float64Array, after: Float64Array, { order, start, rows, key }: Place): string | null {
  return (
    inArrays("the weight", batches, w) ??
    inForward(batches, rows, batches.forward(w, order, start, rows, key), key) ??
    inBackward(batches, batches.used(w, key), rows) ??
    inArrays("the updated weight", batches, after)
  );
}

function inArrays(what: string, { network: { layers } }: Batches, numbers: Float64Array): string | null {
  for (const { path, at, size } of layers.arrays) {
    const found = say(`${what} ${path}`, numbers, at, at + size);
    if (found) return found;
  }
  return null;
}

function inForward({ network: { layers, state } }: Batches, rows: number, loss: number, key: Key | null): string | null {
  const given: [string, Float64Array, number][] = [];
  if (key && state.input_noise > 0) given.push(["gaussian_noise_1", layers.input, rows * layers.inputs]);
  for (const { path, output, dropoutPath, z, y, out, units, pieces } of layers.layers) {
    given.push(path === output ? [path, y, rows * units] : [path, z, rows * units * pieces]);
    if (path !== output) given.push([output, y, rows * units]);
    if (dropoutPath) given.push([dropoutPath, out, rows * units]);
  }
  for (const [path, numbers, count] of given) {
    const found = say(`the output of layer ${path}`, numbers, 0, count);
    if (found) return found;
  }
  return say("the loss", Float64Array.of(loss), 0, 1);
}

/** Gradients are those of the sum of losses, as Python takes them here. */
function inBackward(batches: Batches, w: Float64Array, rows: number): string | null {
  const { layers } = batches.network;
  batches.lossGradient(rows, 1);
  for (let l = layers.layers.length - 1; l >= 0; l--) {
    const layer = layers.layers[l]!;
    const dout = layers.douts[l]!;
    const by = (path: string, numbers: Float64Array, count: number) => say(`the gradient by the output of layer ${path}`, numbers, 0, count);
    const count = rows * layer.units;
    let found = layer.dropoutPath ? by(layer.dropoutPath, dout, count) : null;
    backThroughDropout(layer, dout, rows);
    found ??= by(layer.output, dout, count);
    backThroughActivation(layer, dout, rows);
    if (layer.path !== layer.output) found ??= by(layer.path, layer.dz, count);
    backThroughSums(layer, w, layers.inputOf(l), batches.g, l > 0 ? layers.douts[l - 1]! : null, rows);
    for (const { path, at, size } of layers.arraysOf(l)) found ??= say(`the gradient by ${path}`, batches.g, at, at + size);
    if (found) return found;
  }
  return null;
}

function say(what: string, numbers: Float64Array, from: number, to: number): string | null {
  let infinite = false;
  for (let i = from; i < to; i++) {
    if (Number.isNaN(numbers[i])) return `${what} is NaN`;
    infinite ||= !Number.isFinite(numbers[i]);
  }
  return infinite ? `${what} is infinite` : null;
}

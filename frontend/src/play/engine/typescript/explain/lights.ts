/** What lies between a number and the loss, forward and back, as `questions/lights.py` finds it. */
import type { Place } from "./place";
import { indexOf, placeIn } from "../weight_names";
import { means, sums } from "../questions/stages";
import type { Subject } from "../questions/subject";

export interface Light {
  path: string;
  index: number[];
  kind: "forward" | "backward";
  value: number;
}

/** The layers have gone forward and backward with the examples; `g` are the gradients. */
export function lightsOf(subject: Subject, place: Place, g: Float64Array): Light[] {
  const { network: { layers }, rows, w, x } = subject;
  const lit = litOf(subject, place);
  const outputs = new Map(layers.layers.map((layer) => [layer.path, means(layer.y, rows, layer.units)]));
  const deltas = new Map(layers.layers.map((layer, l) => [layer.path, sums(layers.deltasOf(l), rows, layer.units)]));
  outputs.set("x", means(x, rows, layers.inputs));
  deltas.set("x", inputGradients(subject));
  const valueOf = (path: string, index: number[], numbers: Float64Array, units: Map<string, number[]>): number => {
    const array = layers.arrays.find((one) => one.path === path);
    return array ? numbers[placeIn(array, index)]! : units.get(path)![index[0]!]!;
  };
  const forward = lit.map(({ path, index }): Light => ({ path, index, kind: "forward", value: valueOf(path, index, w, outputs) }));
  const backward = lit.map(({ path, index }): Light => ({ path, index, kind: "backward", value: valueOf(path, index, g, deltas) }));
  return [...forward, ...backward.reverse()];
}

/** The places on the way, from the inputs on: each unit once, before the weights that go out of it. */
function litOf({ network: { layers: network } }: Subject, place: Place): { path: string; index: number[] }[] {
  const lit: { path: string; index: number[] }[] = [];
  const { layers } = network;
  const own = layers[place.layer];
  if (place.kind === "weight") {
    if (place.leaf === "W") lit.push({ path: layers[place.layer - 1]?.path ?? "x", index: [place.index[0]!] });
    lit.push({ path: `${own!.path}/${place.leaf}`, index: place.index });
  }
  let reached = [place.index.at(-1)!];
  lit.push({ path: own?.path ?? "x", index: reached });
  for (const [l, layer] of layers.entries()) {
    if (l <= place.layer) continue;
    const [{ path, shape, size }] = network.arraysOf(l);
    for (let i = 0; i < size; i++) {
      const index = indexOf(i, shape);
      if (reached.includes(index[0]!)) lit.push({ path, index });
    }
    reached = Array.from({ length: layer.units }, (_, unit) => unit);
    for (const unit of reached) lit.push({ path: layer.path, index: [unit] });
  }
  return lit;
}

/** The gradient by the inputs, summed over the examples. */
function inputGradients({ network: { layers }, rows, w }: Subject): number[] {
  const { inputs, dz, pieces, units, W } = layers.layers[0]!;
  const sumsCount = pieces * units;
  return Array.from({ length: inputs }, (_, i) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) for (let k = 0; k < sumsCount; k++) sum += dz[row * sumsCount + k]! * w[W + i * sumsCount + k]!;
    return sum;
  });
}

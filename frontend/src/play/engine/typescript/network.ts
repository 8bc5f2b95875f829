/** A dense network on flat arrays: all weights in one, all gradients in another, in the order in which Python's chain has them. */
import type { Activation, NetworkState } from "../../state";
import { ACTIVATIONS } from "./activations";
import { backThroughActivation, backThroughDropout, backThroughSums, forward, type Layer } from "./layer";

/** There is room for so many rows at least: of more, so many are taken through the network at a time. */
export const ROWS = 256;

const PIECES = 2;

export interface NamedArray {
  path: string;
  shape: number[];
  /** Where it begins among all weights. */
  at: number;
  size: number;
}

/** What of a network's state says which layers it has. */
export type Shape = Pick<NetworkState, "layers" | "dropout" | "input_noise">;

export class Network {
  readonly layers: Layer[] = [];
  readonly arrays: NamedArray[] = [];
  /** How many weights and biases there are. */
  size = 0;
  /** What goes in, row by row: to be filled before `forward`. */
  readonly input: Float64Array;
  /** The gradient by what each layer gives; the last is `dy`. */
  readonly douts: Float64Array[];
  private readonly counts = new Map<string, number>();

  constructor(readonly inputs: number, readonly outputs: number, shape: Shape, bounded: boolean, readonly capacity: number) {
    const last = { units: outputs, activation: bounded ? "tanh" as const : "identity" as const };
    let place = shape.input_noise > 0 ? 1 : 0;
    let width = inputs;
    for (const { units, activation } of [...shape.layers, last]) {
      const layer = this.makeLayer(width, units, activation, place);
      place += activation === "maxout" ? 1 : 2;
      if (this.layers.length < shape.layers.length && shape.dropout > 0) {
        Object.assign(layer, { dropout: place++, out: layer.y.slice(), mask: layer.y.slice(), dropoutPath: this.nameLayer("dropout") });
      }
      this.layers.push(layer);
      this.nameArrays(layer);
      this.size = layer.b + layer.pieces * units;
      width = units;
    }
    if (!bounded) this.layers.at(-1)!.output = this.layers.at(-1)!.path; // nothing comes after its sums
    this.input = new Float64Array(capacity * inputs);
    this.douts = this.layers.map((layer) => new Float64Array(capacity * layer.units));
  }

  get y(): Float64Array {
    return this.layers.at(-1)!.y;
  }

  /** The gradient by the outputs: to be filled before `backward`. */
  get dy(): Float64Array {
    return this.douts.at(-1)!;
  }

  /** What goes into a layer, by its number. */
  inputOf(layer: number): Float64Array {
    return layer > 0 ? this.layers[layer - 1]!.out : this.input;
  }

  /** W and b of a layer, by its number. */
  arraysOf(layer: number): [NamedArray, NamedArray] {
    return [this.arrays[2 * layer]!, this.arrays[2 * layer + 1]!];
  }

  /** After `backward`: the gradient by the weighted sums of a layer, of maxout by its outputs. */
  deltasOf(layer: number): Float64Array {
    return this.layers[layer]!.pieces > 1 ? this.douts[layer]! : this.layers[layer]!.dz;
  }

  forward(w: Float64Array, rows: number, masked = false): void {
    for (let l = 0; l < this.layers.length; l++) forward(this.layers[l]!, w, this.inputOf(l), rows, masked);
  }

  /** Take all rows of x through the layers, as many at a time as there is room for; `see` those from `from` on. */
  walk(w: Float64Array, x: Float64Array, see: (rows: number, from: number) => void): void {
    const count = x.length / this.inputs;
    for (let from = 0; from < count; from += this.capacity) {
      const rows = Math.min(this.capacity, count - from);
      this.input.set(x.subarray(from * this.inputs, (from + rows) * this.inputs));
      this.forward(w, rows);
      see(rows, from);
    }
  }

  /** Of one row: go on from what a layer gives (-1: from the inputs), or from its weighted sums. */
  resume(w: Float64Array, from: number, given: Float64Array, isSum: boolean): void {
    const layer = this.layers[from];
    if (layer && isSum) {
      layer.z.set(given);
      layer.activation!.forward(layer.z, layer.y, layer.units);
      layer.out.set(layer.y.subarray(0, layer.units));
    } else (layer?.out ?? this.input).set(given);
    for (let l = from + 1; l < this.layers.length; l++) forward(this.layers[l]!, w, this.inputOf(l), 1, false);
  }

  /** Gradients of all weights, from `dy`. */
  backward(w: Float64Array, g: Float64Array, rows: number): void {
    for (let l = this.layers.length - 1; l >= 0; l--) {
      backThroughDropout(this.layers[l]!, this.douts[l]!, rows);
      backThroughActivation(this.layers[l]!, this.douts[l]!, rows);
      backThroughSums(this.layers[l]!, w, this.inputOf(l), g, l > 0 ? this.douts[l - 1]! : null, rows);
    }
  }

  private makeLayer(inputs: number, units: number, activation: Activation, place: number): Layer {
    const isMaxout = activation === "maxout";
    const pieces = isMaxout ? PIECES : 1;
    const y = new Float64Array(this.capacity * units);
    const path = this.nameLayer(isMaxout ? "maxout" : "dense");
    return {
      path, inputs, units, pieces, place, y, out: y, mask: y, dropout: null, dropoutPath: "",
      kind: activation,
      output: isMaxout ? path : this.nameLayer(activation),
      activation: isMaxout ? null : ACTIVATIONS[activation],
      W: this.size,
      b: this.size + inputs * pieces * units,
      z: new Float64Array(this.capacity * units * pieces),
      dz: new Float64Array(this.capacity * units * pieces),
    };
  }

  private nameLayer(kind: string): string {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    return `${kind}_${this.counts.get(kind)}`;
  }

  private nameArrays({ path, inputs, units, pieces, W, b }: Layer): void {
    const wide = pieces > 1 ? [pieces, units] : [units];
    this.arrays.push({ path: `${path}/W`, shape: [inputs, ...wide], at: W, size: b - W });
    this.arrays.push({ path: `${path}/b`, shape: wide, at: b, size: pieces * units });
  }
}

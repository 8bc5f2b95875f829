/** A dense network on flat arrays: all weights in one, all gradients in another, in the order in which Python's chain has them. */
import type { Activation, NetworkState } from "../../state";
import { ACTIVATIONS } from "./activations";
import { backward, forward, type Layer } from "./layer";

/** So many rows are taken through the network at a time. */
export const ROWS = 256;

const PIECES = 2;

export interface NamedArray {
  path: string;
  shape: number[];
  /** Where it begins among all weights. */
  at: number;
  size: number;
}

/** The shape of a network: what of its state says which weights it has. */
export type Shape = Pick<NetworkState, "layers" | "dropout" | "input_noise">;

export class Network {
  readonly layers: Layer[] = [];
  readonly arrays: NamedArray[] = [];
  /** How many weights and biases there are. */
  size = 0;
  /** What goes in, row by row: to be filled before `forward`. */
  readonly input: Float64Array;
  /** The gradient by the outputs of each layer, the last to be filled before `backward`. */
  private readonly douts: Float64Array[];

  constructor(
    readonly inputs: number,
    readonly outputs: number,
    shape: Shape,
    outputActivation: "identity" | "tanh",
    readonly capacity: number,
  ) {
    const counts = new Map<string, number>();
    let place = shape.input_noise > 0 ? 1 : 0;
    let width = inputs;
    for (const [number, { units, activation }] of [...shape.layers, { units: outputs, activation: outputActivation }].entries()) {
      const hidden = number < shape.layers.length;
      const kind = activation === "maxout" ? "maxout" : "dense";
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      const layer = this.makeLayer(`${kind}_${counts.get(kind)}`, width, units, activation, place, this.size);
      place += activation === "maxout" || (!hidden && activation === "identity") ? 1 : 2;
      if (hidden && shape.dropout > 0) Object.assign(layer, { dropout: place++, out: layer.y.slice(), mask: layer.y.slice() });
      this.layers.push(layer);
      this.nameArrays(layer);
      this.size = layer.b + layer.pieces * units;
      width = units;
    }
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

  forward(w: Float64Array, rows: number, masked = false): void {
    let x = this.input;
    for (const layer of this.layers) {
      forward(layer, w, x, rows, masked);
      x = layer.out;
    }
  }

  /** Gradients of all weights, from `dy`. */
  backward(w: Float64Array, g: Float64Array, rows: number): void {
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const below = l > 0 ? this.layers[l - 1]!.out : this.input;
      backward(this.layers[l]!, w, below, this.douts[l]!, g, l > 0 ? this.douts[l - 1]! : null, rows);
    }
  }

  private makeLayer(path: string, inputs: number, units: number, activation: Activation, place: number, W: number): Layer {
    const pieces = activation === "maxout" ? PIECES : 1;
    const numbers = () => new Float64Array(this.capacity * units);
    const sums = () => new Float64Array(this.capacity * units * pieces);
    const y = numbers();
    return {
      path, inputs, units, pieces, place, W, y, out: y,
      activation: activation === "maxout" ? null : ACTIVATIONS[activation],
      b: W + inputs * pieces * units, dropout: null, z: sums(), dz: sums(), mask: y,
    };
  }

  private nameArrays({ path, inputs, units, pieces, W, b }: Layer): void {
    const wide = pieces > 1 ? [pieces, units] : [units];
    this.arrays.push({ path: `${path}/W`, shape: [inputs, ...wide], at: W, size: b - W });
    this.arrays.push({ path: `${path}/b`, shape: wide, at: b, size: pieces * units });
  }
}

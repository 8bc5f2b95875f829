/** Loss and gradients of one batch, with what is drawn for it: noise of inputs and weights, dropout. */
import { normal, foldIn, uniform24, type Key } from "./random";
import type { PlayNetwork } from "./play_network";

export class Batches {
  /** Gradients of the last batch. */
  readonly g: Float64Array;
  private readonly noised: Float64Array;
  private readonly target: Float64Array;

  constructor(readonly network: PlayNetwork) {
    const { layers, objective } = network;
    this.g = new Float64Array(layers.size);
    this.noised = new Float64Array(layers.size);
    this.target = new Float64Array(layers.capacity * objective.outputs);
  }

  get isRandom(): boolean {
    const { dropout, input_noise, weight_noise } = this.network.state;
    return dropout > 0 || input_noise > 0 || weight_noise > 0;
  }

  /** The mean loss of the points `order[start]` to `order[start + rows - 1]`; the layers keep what they gave. */
  forward(w: Float64Array, order: Int32Array, start: number, rows: number, key: Key | null): number {
    const { layers, objective } = this.network;
    this.fill(order, start, rows);
    layers.forward(key ? this.draw(w, rows, key) : w, rows, key !== null);
    return objective.loss.value(layers.y, this.target, rows, objective.outputs) / rows;
  }

  /** The same, and the gradients, in `g`. */
  forwardBackward(w: Float64Array, order: Int32Array, start: number, rows: number, key: Key | null): number {
    const { layers } = this.network;
    const loss = this.forward(w, order, start, rows, key);
    this.lossGradient(rows, 1 / rows);
    layers.backward(this.used(w, key), this.g, rows);
    return loss;
  }

  /** The gradient of the loss by the outputs, each row counting `share`. */
  lossGradient(rows: number, share: number): void {
    const { layers, objective } = this.network;
    objective.loss.gradient(layers.y, this.target, layers.dy, rows, objective.outputs, share);
  }

  /** What the forward pass worked with: the weights, or those with noise. */
  used(w: Float64Array, key: Key | null): Float64Array {
    return key !== null && this.network.state.weight_noise > 0 ? this.noised : w;
  }

  private fill(order: Int32Array, start: number, rows: number): void {
    const { layers: { inputs, input }, x, targets, objective: { outputs } } = this.network;
    for (let row = 0; row < rows; row++) {
      const point = order[start + row]!;
      for (let i = 0; i < inputs; i++) input[row * inputs + i] = x[point * inputs + i]!;
      for (let k = 0; k < outputs; k++) this.target[row * outputs + k] = targets[point * outputs + k]!;
    }
  }

  /** Draw with the step's key, as the layers in Python do; the weights to work with. */
  private draw(w: Float64Array, rows: number, step: Key): Float64Array {
    const { layers, state } = this.network;
    const isNoised = state.weight_noise > 0;
    const key = isNoised ? foldIn(step, 1) : step;
    if (state.input_noise > 0) addNormal(layers.input, 0, rows * layers.inputs, state.input_noise, foldIn(key, 0));
    for (const { dropout, mask, units } of layers.layers) {
      if (dropout === null) continue;
      const drawn = uniform24(foldIn(key, dropout), rows * units);
      for (let i = 0; i < drawn.length; i++) mask[i] = drawn[i]! >= state.dropout ? 1 / (1 - state.dropout) : 0;
    }
    if (!isNoised) return w;
    this.noised.set(w);
    layers.arrays.forEach(({ at, size }, i) => addNormal(this.noised, at, size, state.weight_noise, foldIn(foldIn(step, 0), i)));
    return this.noised;
  }
}

function addNormal(numbers: Float64Array, at: number, count: number, deviation: number, key: Key): void {
  const drawn = normal(key, count);
  for (let i = 0; i < count; i++) numbers[at + i]! += deviation * drawn[i]!;
}

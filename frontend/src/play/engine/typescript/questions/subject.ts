/** What a question is about: one network as it is before its next step, and examples, as `questions/subject.py` has it. */
import type { PlayNetwork } from "../play_network";
import type { Training } from "../training";

export class Subject {
  readonly network: PlayNetwork;
  readonly w: Float64Array;
  readonly rows: number;

  constructor(
    readonly training: Training,
    /** As they go into the network (rows, inputs), and what its outputs are compared with (rows, outputs). */
    readonly x: Float64Array,
    readonly targets: Float64Array,
    /** Whether they are the batch of the next step. */
    readonly taken: boolean,
  ) {
    this.network = training.network;
    this.w = training.now.w;
    this.rows = x.length / this.network.layers.inputs;
  }

  /** The names of what goes in. */
  get inputs(): readonly string[] {
    const { data, state } = this.network;
    return data.columns.length === 2 ? state.features : data.columns;
  }

  /** The mean loss, without penalty, in use. */
  loss(w: Float64Array): number {
    return this.walk(w, () => undefined) / this.rows;
  }

  /** The same, and the gradients of all weights, in `g`. */
  gradients(w: Float64Array, g: Float64Array): number {
    const { layers, objective: { loss, outputs } } = this.network;
    const part = new Float64Array(g.length);
    g.fill(0);
    return this.walk(w, (targets, rows) => {
      loss.gradient(layers.y, targets, layers.dy, rows, outputs, 1 / this.rows);
      layers.backward(w, part, rows);
      for (let i = 0; i < g.length; i++) g[i]! += part[i]!;
    }) / this.rows;
  }

  /** Take all rows through the network, as many at a time as there is room for; the sum of their losses. */
  walk(w: Float64Array, see: (targets: Float64Array, rows: number) => void): number {
    const { layers, objective: { loss, outputs } } = this.network;
    let sum = 0;
    layers.walk(w, this.x, (rows, from) => {
      const targets = this.targets.subarray(from * outputs);
      sum += loss.value(layers.y, targets, rows, outputs);
      see(targets, rows);
    });
    return sum;
  }
}

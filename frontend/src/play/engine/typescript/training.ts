/** The training of one network, as `pellucid/playground/training.py` has it: the same numbers however it is cut up. */
import { findBirth, type Place } from "./birth";
import { History } from "./history";
import { firstWeights } from "./initializers";
import { measure, type Measure } from "./measure";
import type { PlayNetwork } from "./play_network";
import { foldIn, orderOfEpoch, stepsKey } from "./random";
import { RULES } from "./rules";
import { learningRate } from "./schedules";
import { Batches } from "./step";
import { update } from "./update";
import { isWithin, placeIn } from "./weight_names";
import { WeightPath } from "./weight_path";

/** Weights and what the rule remembers of each, slot after slot. */
export interface Weights {
  w: Float64Array;
  slots: Float64Array[];
}

/** Where a training is: whole epochs, steps of the epoch that has begun, and all steps. */
export interface Progress extends Weights {
  epoch: number;
  done: number;
  step: number;
}

const copy = ({ w, slots }: Weights): Weights => ({ w: w.slice(), slots: slots.map((slot) => slot.slice()) });

function assign(to: Weights, from: Weights): void {
  to.w.set(from.w);
  to.slots.forEach((slot, i) => slot.set(from.slots[i]!));
}

function allFinite(numbers: Float64Array): boolean {
  for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i])) return false;
  return true;
}

export class Training {
  now!: Progress;
  status: "ready" | "stopped" | "diverged" = "ready";
  /** Why training stopped, in words. */
  note: string | null = null;
  history = new History();
  /** The weights on the way so far. */
  path!: WeightPath;
  /** Another number whenever the weights are others. */
  version = 0;
  private batches: Batches;
  /** The weights that the last step began with, and which it was; null before the first. */
  private before!: Weights;
  private last: Place | null = null;
  private best: (Weights & { loss: number; epoch: number }) | null = null;
  private found: Measure | null = null;
  /** The order of epoch `orderOf`, and that before it, which the last step may be of. */
  private orders: [Int32Array, Int32Array] = [new Int32Array(), new Int32Array()];
  private orderOf = -1;

  constructor(public network: PlayNetwork) {
    this.batches = new Batches(network);
    this.restart();
  }

  /** Back to the first weights. */
  restart(): void {
    this.set({ ...this.first(), epoch: 0, done: 0, step: 0 });
    this.allow();
    this.begin();
  }

  private first(): Weights {
    const w = firstWeights(this.network.layers, this.network.state);
    return { w, slots: this.newSlots(w) };
  }

  newSlots(w: Float64Array): Float64Array[] {
    return RULES[this.network.state.optimizer].slots.map(() => new Float64Array(w.length));
  }

  private begin(): void {
    this.history = new History();
    this.history.add(this.now.epoch, this.now.step, this.measured);
    this.path = new WeightPath(this.now.w);
  }

  private set(progress: Progress): void {
    this.now = progress;
    this.version++;
    this.before = copy(progress);
    this.last = null;
    this.found = null;
  }

  get measured(): Measure {
    return (this.found ??= measure(this.network, this.now.w));
  }

  get canGoOn(): boolean {
    return this.status === "ready";
  }

  get rate(): number {
    return learningRate(this.network.state, this.network.stepsAnEpoch, this.now.step);
  }

  /** Let a training that stopped go on from where it is. */
  allow(): void {
    this.status = "ready";
    this.note = null;
    this.best = null;
  }

  /** Train so many steps, or to the end of the epoch, whichever comes first; how many it took. */
  advance(steps: number): number {
    const { now, network } = this;
    const stop = Math.min(now.done + steps, network.stepsAnEpoch);
    const from = now.step;
    this.found = null;
    while (now.done < stop) if (!this.takeStep()) return now.step - from;
    if (stop === network.stepsAnEpoch) this.endEpoch();
    return now.step - from;
  }

  private takeStep(): boolean {
    const { now, network, batches } = this;
    const place = this.placeOf(now.done);
    assign(this.before, now);
    const loss = batches.forwardBackward(now.w, place.order, place.start, place.rows, place.key);
    update(now.w, batches.g, now.slots, network.layers.arrays, network.state, this.rate, now.step + 1);
    if (!Number.isFinite(loss) || !allFinite(now.w)) {
      this.diverge(place);
      return false;
    }
    now.done++;
    now.step++;
    this.version++;
    this.last = place;
    return true;
  }

  /** Which points a step of this epoch takes, and its key. */
  private placeOf(done: number): Place {
    const { network: { state, training }, now } = this;
    if (this.orderOf !== now.epoch) {
      const [before, spare] = this.orders;
      this.orders = [orderOfEpoch(training, state.seed, now.epoch, spare.length === training ? spare : new Int32Array(training)), before];
      this.orderOf = now.epoch;
    }
    const start = done * state.batch_size;
    const key = this.batches.isRandom ? foldIn(stepsKey(state.seed), now.step + 1) : null;
    return { order: this.orders[0], start, rows: Math.min(state.batch_size, training - start), key };
  }

  /** The points that the next step takes. */
  nextBatch(): Place {
    return this.placeOf(this.now.done);
  }

  private endEpoch(): void {
    const { now, network } = this;
    now.epoch++;
    now.done = 0;
    this.history.add(now.epoch, now.step, this.measured);
    this.path.add(now.w);
    if (network.state.patience) this.stopEarly(this.measured.loss.test);
  }

  private stopEarly(loss: number): void {
    const { now } = this;
    if (Number.isFinite(loss) && (!this.best || loss < this.best.loss)) this.best = { ...copy(now), loss, epoch: now.epoch };
    if (!this.best || now.epoch - this.best.epoch < this.network.state.patience) return;
    const { epoch } = this.best;
    this.set({ ...now, ...copy(this.best) });
    this.status = "stopped";
    this.note = `the test loss was lowest in epoch ${epoch}, whose weights are back`;
  }

  /** Say where the first number was born that is not finite, and keep the weights before that step. */
  private diverge(place: Place): void {
    const { now } = this;
    const found = findBirth(this.batches, this.before.w, now.w, place);
    this.set({ ...now, ...copy(this.before) });
    this.status = "diverged";
    this.note = `step ${now.step + 1} (epoch ${now.epoch + 1}): ${found ?? "the loss is not finite"}`;
  }

  /** Gradients of the last batch, as its step found them; null before the first step. */
  gradients(): Float64Array | null {
    if (!this.last) return null;
    const { order, start, rows, key } = this.last;
    this.batches.forwardBackward(this.before.w, order, start, rows, key);
    return this.batches.g;
  }

  /** Set one number of the weights. */
  edit(path: string, index: number[], value: number): void {
    const { arrays } = this.network.layers;
    const array = arrays.find((one) => one.path === path);
    if (!array) throw new Error(`there are no weights at ${path}: there are ${arrays.map((one) => one.path).join(", ")}`);
    if (!isWithin(index, array.shape)) {
      throw new Error(`${path} has the shape (${array.shape.join(", ")}): it has no number at [${index.join(", ")}]`);
    }
    this.now.w[placeIn(array, index)] = value;
    this.found = null;
    this.version++;
    this.allow();
  }

  /** Go on as `network`, which has weights of the same shapes. */
  adopt(network: PlayNetwork): void {
    const before = this.network;
    this.network = network;
    this.batches = new Batches(network);
    this.orderOf = -1;
    const { w, slots, done } = this.now;
    this.set({
      ...this.now,
      slots: network.state.optimizer === before.state.optimizer ? slots : this.newSlots(w),
      done: network.stepsAnEpoch === before.stepsAnEpoch ? done : 0,
    });
    this.allow();
  }

  /** Go on from there. */
  restore(progress: Progress): void {
    this.set(progress);
    this.begin();
    this.allow();
  }
}

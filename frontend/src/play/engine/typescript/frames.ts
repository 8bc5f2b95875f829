/** A frame: what the page draws, as `pellucid/playground/frames.py` makes it. */
import type { Message } from "../../protocol";
import type { PlayData } from "./data";
import { encodeEnvelope, type Numbers } from "./envelope";
import { COLUMNS } from "./history";
import { confusionOf } from "./measure";
import { drawMap, drawUnits, makeGrid, type Grid } from "./pictures";
import { SignWatch } from "./signs";
import type { Training } from "./training";
import { penaltyValue } from "./update";

export type Look = Extract<Message, { type: "look" }>;

/** The pictures of units in a frame have at most so many numbers; of more units they are smaller. */
const MOST_NUMBERS = 2 ** 20;

export class FrameMaker {
  private readonly grids = new Map<string, Grid>();

  private readonly watches: SignWatch[];

  constructor(readonly trainings: readonly Training[], clock: () => number) {
    this.watches = trainings.map((training) => new SignWatch(training, clock));
  }

  frame(number: number, running: boolean, look: Look): ArrayBuffer {
    const side = this.unitSide(look);
    const arrays: Numbers[] = [];
    const networks = this.trainings.map((training, network) => {
      for (const array of this.arraysOf(training, network, look, side)) arrays.push({ ...array, network });
      const { first, values } = training.history.takeUnsent();
      arrays.push({ name: "history", shape: [values.length / COLUMNS, COLUMNS], values, network });
      const signs = this.watches[network]!.signs(running && training.canGoOn);
      return { ...headerOf(training, running), signs, history_from: first };
    });
    return encodeEnvelope({ type: "frame", frame: number, running, networks }, arrays);
  }

  private *arraysOf(training: Training, number: number, look: Look, side: number): Generator<Numbers> {
    const { network, now: { w } } = training;
    const { arrays } = network.layers;
    for (const { path, shape, at, size } of arrays) yield { name: `param:${path}`, shape, values: w.subarray(at, at + size) };
    const g = look.gradients ? training.gradients() : null;
    if (g) for (const { path, shape, at, size } of arrays) yield { name: `grad:${path}`, shape, values: g.subarray(at, at + size) };
    if (look.map) {
      const values = drawMap(network, w, this.grid(training, number, look.map));
      yield { name: "map", shape: [network.objective.outputs, look.map, look.map], values };
    }
    if (!side || !isSeen(number, look)) return;
    const grid = this.grid(training, number, side);
    yield { name: "features", shape: [grid.features.length / side ** 2, side, side], values: grid.features };
    for (const [l, values] of drawUnits(network, w, grid).entries()) yield { name: `unit:${l + 1}`, shape: [values.length / side ** 2, side, side], values };
  }

  private grid({ network }: Training, number: number, side: number): Grid {
    const key = `${number} ${side}`;
    const known = this.grids.get(key);
    if (known) return known;
    if (this.grids.size >= 16) this.grids.clear();
    const grid = makeGrid(network, side);
    this.grids.set(key, grid);
    return grid;
  }

  private unitSide(look: Look): number {
    const seen = this.trainings.filter((_, number) => isSeen(number, look));
    const pictures = seen.reduce((sum, { network: { layers } }) => {
      return layers.layers.slice(0, -1).reduce((count, layer) => count + layer.units, sum + layers.inputs);
    }, 0);
    return Math.min(look.unit, Math.floor(Math.sqrt(MOST_NUMBERS / Math.max(pictures, 1))));
  }
}

const isSeen = (number: number, { networks }: Look): boolean => networks === null || networks.includes(number);

/** What a frame says of a network beside its arrays. */
function headerOf(training: Training, running: boolean) {
  const { network, now, measured, status, note, canGoOn } = training;
  return {
    epoch: now.epoch,
    step: now.step,
    loss: measured.loss,
    accuracy: measured.accuracy,
    penalty: penaltyValue(now.w, network.layers.arrays, network.state),
    learning_rate: training.rate,
    status: running && canGoOn ? "running" : status,
    note,
    layers: network.layers.layers.map(({ path, units, kind }) => ({ path, units, activation: kind })),
    confusion: confusionOf(network, measured.decided),
  };
}

/** The message that says what the data are. */
export function dataMessage(data: PlayData): ArrayBuffer {
  const { x, y, test, shown, columns, classes, domain } = data;
  const rows = y.length;
  const header = {
    type: "data",
    problem: classes ? "classification" : "regression",
    classes, columns, domain,
    range: [y.reduce((least, label) => Math.min(least, label)), y.reduce((most, label) => Math.max(most, label))],
  };
  return encodeEnvelope(header, [
    { name: "x", shape: [rows, columns.length], values: x },
    { name: "y", shape: [rows], values: y },
    { name: "part", shape: [rows], values: test },
    { name: "shown", shape: [rows, 2], values: shown },
  ]);
}

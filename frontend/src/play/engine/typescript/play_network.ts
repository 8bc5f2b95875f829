/** A network of the playground with the data as it gets them, as `pellucid/playground/network.py` makes it of its state. */
import type { NetworkState } from "../../state";
import type { PlayData } from "./data";
import { featuresOf } from "./features";
import { Network, ROWS } from "./network";
import { objectiveOf, targetsOf, type Objective } from "./objective";
import { fitPreparation, type Prepared } from "./preparation";

export interface PlayNetwork {
  state: NetworkState;
  data: PlayData;
  objective: Objective;
  preparation: Prepared;
  /** The layers, with room for a batch, or for `ROWS`. */
  layers: Network;
  /** What goes in, (N, inputs), the training points first; labels (N), targets (N, outputs). */
  x: Float64Array;
  labels: Float64Array;
  targets: Float64Array;
  /** The class that each point was last decided to be of. */
  decided: Uint8Array;
  /** The row of `data` that each point is. */
  rows: number[];
  training: number;
  stepsAnEpoch: number;
}

/** The network of `state` for these data. Throws, in one line, for inputs that cannot be made. */
export function makeNetwork(state: NetworkState, data: PlayData): PlayNetwork {
  const width = data.columns.length;
  const all = [...data.y.keys()];
  const rows = [...all.filter((row) => !data.test[row]), ...all.filter((row) => data.test[row])];
  const training = all.length - data.test.reduce((sum, test) => sum + test, 0);
  const features = featuresOf(state.features, pickRows(data.x, width, rows), width);
  const featureCount = features.length / rows.length;
  const preparation = fitPreparation(state.preparation, features.subarray(0, training * featureCount), featureCount);
  const objective = objectiveOf(state.loss, data.classes);
  const labels = Float64Array.from(rows, (row) => data.y[row]!);
  const room = Math.max(ROWS, Math.min(state.batch_size, training));
  return {
    state, data, objective, preparation, labels, rows, training,
    layers: new Network(preparation.outputs, objective.outputs, state, objective.bounded, room),
    decided: new Uint8Array(labels.length),
    x: preparation.apply(features),
    targets: targetsOf(objective, labels),
    stepsAnEpoch: Math.ceil(training / state.batch_size),
  };
}

/** These rows of x (N, width), one after another. */
export const pickRows = (x: Float64Array, width: number, rows: readonly number[]): Float64Array =>
  Float64Array.from(rows.flatMap((row) => [...x.subarray(row * width, (row + 1) * width)]));

/** Whether weights of one network fit another, and its first weights are the same. */
export function alike(one: PlayNetwork, other: PlayNetwork): boolean {
  const shape = ({ layers, state: { initializer, seed } }: PlayNetwork) => JSON.stringify([layers.arrays, initializer, seed]);
  return shape(one) === shape(other);
}

/** What a network is trained for, as `pellucid/playground/objective.py` has it: its loss, its outputs and targets, what outputs say. */
import type { NetworkState } from "../../state";
import { largest, lossOf, softmax, type Loss } from "./losses";
import { sigmoid } from "./special";

export interface Objective {
  loss: Loss;
  name: NetworkState["loss"];
  /** 0 in regression. */
  classes: number;
  /** One for two classes, for class 1; of more one each. */
  outputs: number;
  /** Whether outputs go through tanh, towards -1 and 1. */
  bounded: boolean;
}

const DISTANCES: readonly NetworkState["loss"][] = ["squared", "absolute", "huber"];

export function objectiveOf(loss: NetworkState["loss"], classes: number): Objective {
  const outputs = classes > 2 ? classes : 1;
  const isDistance = DISTANCES.includes(loss);
  const name = classes || isDistance ? loss : "squared";
  return { loss: lossOf(name, outputs), name, classes, outputs, bounded: classes > 0 && isDistance };
}

/** What outputs are compared with, row by row. */
export function targetsOf({ classes, outputs, bounded }: Objective, labels: Float64Array): Float64Array {
  if (!classes) return labels;
  const targets = new Float64Array(labels.length * outputs);
  for (let i = 0; i < targets.length; i++) {
    const label = labels[Math.floor(i / outputs)]!;
    const one = outputs === 1 ? label : Number(label === i % outputs);
    targets[i] = bounded ? 2 * one - 1 : one;
  }
  return targets;
}

/** The class that the outputs of a row stand for. */
export const decide = (outputs: number, y: Float64Array, row: number): number =>
  outputs === 1 ? Number(y[row]! > 0) : largest(y, row * outputs, outputs) - row * outputs;

/** What outputs say, written over them: from -1, class 0, to 1, class 1, or an amount; else probabilities. */
export function answer({ name, classes, outputs, bounded }: Objective, y: Float64Array, rows: number): void {
  if (outputs > 1) softmax(y, y, rows, outputs);
  else if (classes && !bounded) {
    for (let i = 0; i < rows; i++) y[i] = name === "hinge" ? Math.max(-1, Math.min(1, y[i]!)) : 2 * sigmoid(y[i]!) - 1;
  }
}

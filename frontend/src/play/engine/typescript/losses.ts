/**
 * Losses of the outputs y (rows, outputs), as `pellucid/losses` has them: the sum over rows, and the gradient by y times the share
 * that a row counts. Targets are shaped like y: of classes, 1 at the label and 0 elsewhere; of one output, 0 or 1 for classes.
 */
import type { NetworkState } from "../../state";
import { sigmoid, softplus } from "./special";

export interface Loss {
  value(y: Float64Array, target: Float64Array, rows: number, outputs: number): number;
  gradient(y: Float64Array, target: Float64Array, dy: Float64Array, rows: number, outputs: number, share: number): void;
}

/** A loss that is a sum over outputs, each compared with its own target; `mean`: over their number. */
function each(value: (y: number, t: number) => number, slope: (y: number, t: number) => number, mean: boolean): Loss {
  return {
    value(y, target, rows, outputs) {
      let sum = 0;
      for (let i = 0; i < rows * outputs; i++) sum += value(y[i]!, target[i]!);
      return mean ? sum / outputs : sum;
    },
    gradient(y, target, dy, rows, outputs, share) {
      const part = mean ? share / outputs : share;
      for (let i = 0; i < rows * outputs; i++) dy[i] = slope(y[i]!, target[i]!) * part;
    },
  };
}

const DELTA = 1;
const cut = (error: number): number => Math.max(-DELTA, Math.min(DELTA, error));
const sigmoidCrossEntropy = each(
  (y, t) => t * softplus(-y) + (1 - t) * softplus(y),
  (y, t) => sigmoid(y) - t,
  false,
);
const hingeOfOne = each(
  (y, t) => Math.max(0, 1 - (t > 0 ? y : -y)),
  (y, t) => (t > 0 ? (1 - y > 0 ? -1 : 0) : 1 + y > 0 ? 1 : 0),
  false,
);

const softmaxCrossEntropy: Loss = {
  value(y, target, rows, outputs) {
    let sum = 0;
    for (let at = 0; at < rows * outputs; at += outputs) {
      const most = largest(y, at, outputs);
      let others = 0;
      for (let k = 0; k < outputs; k++) if (at + k !== most) others += Math.exp(y[at + k]! - y[most]!);
      const log = Math.log1p(others); // the largest is the 1: so a loss near 0 keeps its digits
      for (let k = 0; k < outputs; k++) if (target[at + k] !== 0) sum -= target[at + k]! * (y[at + k]! - y[most]! - log);
    }
    return sum;
  },
  gradient(y, target, dy, rows, outputs, share) {
    softmax(y, dy, rows, outputs);
    for (let i = 0; i < rows * outputs; i++) dy[i] = (dy[i]! - target[i]!) * share;
  },
};

const hingeOfClasses: Loss = {
  value(y, target, rows, outputs) {
    let sum = 0;
    for (let at = 0; at < rows * outputs; at += outputs) {
      const right = y[labelAt(target, at, outputs)]!;
      for (let k = 0; k < outputs; k++) if (target[at + k] === 0) sum += Math.max(0, y[at + k]! - right + 1);
    }
    return sum;
  },
  gradient(y, target, dy, rows, outputs, share) {
    for (let at = 0; at < rows * outputs; at += outputs) {
      const label = labelAt(target, at, outputs);
      let violated = 0;
      for (let k = 0; k < outputs; k++) {
        const behind = target[at + k] === 0 && y[at + k]! - y[label]! + 1 > 0;
        if (behind) violated++;
        dy[at + k] = behind ? share : 0;
      }
      dy[label] = -violated * share;
    }
  },
};

const LOSSES: Record<NetworkState["loss"], (outputs: number) => Loss> = {
  cross_entropy: (outputs) => (outputs === 1 ? sigmoidCrossEntropy : softmaxCrossEntropy),
  hinge: (outputs) => (outputs === 1 ? hingeOfOne : hingeOfClasses),
  squared: () => each((y, t) => 0.5 * (y - t) * (y - t), (y, t) => y - t, false),
  absolute: () => each((y, t) => Math.abs(y - t), (y, t) => Math.sign(y - t), true),
  huber: () => each((y, t) => cut(y - t) * (y - t - 0.5 * cut(y - t)), (y, t) => cut(y - t), true),
};

export const lossOf = (name: NetworkState["loss"], outputs: number): Loss => LOSSES[name](outputs);

/** Probabilities of outputs, row by row, written to `p`. */
export function softmax(y: Float64Array, p: Float64Array, rows: number, outputs: number): void {
  for (let at = 0; at < rows * outputs; at += outputs) {
    const most = y[largest(y, at, outputs)]!;
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += p[at + k] = Math.exp(y[at + k]! - most);
    for (let k = 0; k < outputs; k++) p[at + k] = p[at + k]! / sum;
  }
}

/** Where the largest of `count` numbers from `at` on is: the first of those that tie. */
export function largest(y: Float64Array, at: number, count: number): number {
  let most = at;
  for (let i = at + 1; i < at + count; i++) if (y[i]! > y[most]!) most = i;
  return most;
}

const labelAt = (target: Float64Array, at: number, outputs: number): number => largest(target, at, outputs);

/** The stages of an update, in the order of `pellucid/train/stages.py`: penalty, clipping, rule. */
import type { NetworkState } from "../../state";
import type { NamedArray } from "./network";
import { RULES } from "./rules";

export type Rates = Pick<NetworkState, "penalty" | "penalty_rate">;

/** Biases are left alone. */
const isWeight = (array: NamedArray): boolean => array.path.endsWith("/W");

/** What the penalty adds to the loss. */
export function penaltyValue(w: Float64Array, arrays: NamedArray[], { penalty, penalty_rate }: Rates): number {
  if (penalty === "none") return 0;
  let sum = 0;
  for (const { at, size } of arrays.filter(isWeight)) {
    for (let i = at; i < at + size; i++) sum += penalty === "l1" ? Math.abs(w[i]!) : 0.5 * w[i]! * w[i]!;
  }
  return penalty_rate * sum;
}

/** Add the slope of the penalty to the gradients: `l1 sign(w)` or `l2 w`. */
export function addPenalty(w: Float64Array, g: Float64Array, arrays: NamedArray[], { penalty, penalty_rate }: Rates): void {
  if (penalty === "none") return;
  for (const array of arrays) {
    if (!isWeight(array)) continue;
    for (let i = array.at; i < array.at + array.size; i++) {
      g[i] = g[i]! + penalty_rate * (penalty === "l1" ? Math.sign(w[i]!) : w[i]!);
    }
  }
}

/** `g min(1, max_norm / ||g||)`, in units of the largest number so that no square overflows; with an infinity, as they are. */
export function clipByNorm(g: Float64Array, maxNorm: number): void {
  let largest = 0;
  for (let i = 0; i < g.length; i++) largest = Math.max(largest, Math.abs(g[i]!));
  if (!Number.isFinite(largest)) return;
  const unit = Math.max(largest, maxNorm);
  let squares = 0;
  for (let i = 0; i < g.length; i++) squares += (g[i]! / unit) ** 2;
  const norm = Math.sqrt(squares);
  const limit = maxNorm / unit;
  if (norm > limit) for (let i = 0; i < g.length; i++) g[i] = (g[i]! / unit) * (maxNorm / norm);
}

/** The update of step `t`, from 1, at `rate`: weights and slots change, gradients are used up. */
export function update(
  w: Float64Array, g: Float64Array, slots: Float64Array[], arrays: NamedArray[], state: NetworkState, rate: number, t: number,
): void {
  addPenalty(w, g, arrays, state);
  if (state.clip_norm !== null) clipByNorm(g, state.clip_norm);
  RULES[state.optimizer].move(w, g, slots, rate, t, state.momentum);
}

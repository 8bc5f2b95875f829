/** A network's progress as the page keeps it, at full precision, and back, checked: `pellucid/playground/snapshot.py`. */
import type { Snapshot } from "../../protocol";
import type { NamedArray } from "./network";
import { RULES } from "./rules";
import type { Progress, Training } from "./training";

export function stored({ now, network }: Training): Snapshot & { done: number } {
  const { arrays } = network.layers;
  const { slots } = RULES[network.state.optimizer];
  return {
    epoch: now.epoch,
    step: now.step,
    done: now.done,
    params: Object.fromEntries(arrays.map((array) => [array.path, nested(now.w, array)])),
    slots: Object.fromEntries(
      slots.flatMap((slot, i) => arrays.map((array) => [`${slot}/${array.path}`, nested(now.slots[i]!, array)])),
    ),
  };
}

/** The progress that `stored` gave. Throws, in one line, for one that this network cannot have. */
export function restored(training: Training, given: Partial<Snapshot & { done: number }>): Progress {
  const { network } = training;
  const { epoch, step, done = 0, params = {}, slots = {} } = given;
  const counts = [epoch, step, done];
  if (!counts.every((count) => Number.isSafeInteger(count) && count! >= 0)) throw fault("epoch, step and done are whole numbers");
  if (done >= network.stepsAnEpoch || step! < done) throw fault(`${done} steps of an epoch of ${network.stepsAnEpoch}`);
  const { arrays } = network.layers;
  const names = RULES[network.state.optimizer].slots;
  const w = fill("params", arrays, "", params);
  const kept = Object.keys(slots).length > 0;
  const known = names.flatMap((slot) => arrays.map((array) => `${slot}/${array.path}`));
  if (kept && Object.keys(slots).length !== known.length) throw fault(`its slots are ${known.join(", ")}, nothing else`);
  const filled = kept ? names.map((slot) => fill("slots", arrays, `${slot}/`, slots, true)) : training.newSlots(w);
  return { epoch: epoch!, step: step!, done, w, slots: filled };
}

function fill(part: string, arrays: NamedArray[], before: string, lists: Record<string, unknown>, more = false): Float64Array {
  const known = arrays.map((array) => before + array.path);
  if (known.some((path) => !(path in lists)) || (!more && Object.keys(lists).length !== known.length)) {
    throw fault(`its ${part} are ${known.join(", ")}, nothing else`);
  }
  const w = new Float64Array(arrays.reduce((sum, { size }) => sum + size, 0));
  for (const array of arrays) w.set(flat(before + array.path, lists[before + array.path], array.shape), array.at);
  return w;
}

/** Lists of the shape as one. */
function flat(path: string, given: unknown, shape: readonly number[]): number[] {
  const [length, ...rest] = shape;
  if (length === undefined) {
    if (typeof given === "number" && Number.isFinite(given)) return [given];
  } else if (Array.isArray(given) && given.length === length) return given.flatMap((part) => flat(path, part, rest));
  throw fault(`${path} is not finite numbers of the shape it has here`);
}

/** Numbers from `at` on as lists in lists. */
export function nested(w: Float64Array, { at, shape }: Pick<NamedArray, "at" | "shape">): unknown {
  const [length, ...rest] = shape;
  if (length === undefined) return w[at]!;
  const size = rest.reduce((product, side) => product * side, 1);
  return Array.from({ length }, (_, i) => nested(w, { at: at + i * size, shape: rest }));
}

const fault = (why: string): Error => new Error(`the network cannot be restored: ${why}`);

/** Every gradient by hand beside its slope measured, as `pellucid/check/entries.py` and `differences.py` do it. */
import { indexOf } from "../weight_names";
import { subjectOf } from "./about";
import type { Question } from "./question";
import type { Subject } from "./subject";

const MOST_ROWS = 1_000;
/** Weights times weights times examples: each weight is moved, and each time all are multiplied. More takes minutes. */
const MOST_WORK = 2e9;
const STEP = 1e-5;
const RIGHT = 1e-7;
const WRONG = 1e-4;
/** The steps tried at a kink, as parts of the first step. */
const SHRINK = [1, 0.1, 0.01];
const WORST = ["wrong", "look closer", "kink", "right"] as const;

interface Measured {
  value: number;
  floor: number;
  kink: boolean;
}

export const check: Question = (scene, about) => {
  const subject = subjectOf(scene, about);
  const { w, network: { layers }, rows } = subject;
  if (w.length ** 2 * rows > MOST_WORK) {
    throw new Error(`check: ${w.length} weights by ${rows} examples would take minutes: choose one example, or make the network smaller`);
  }
  const g = new Float64Array(w.length);
  const loss = subject.gradients(w, g);
  const noise = noiseOf(subject, loss);
  const found = layers.arrays.flatMap(({ path, shape, at, size }) =>
    Array.from({ length: size }, (_, i) => {
      const line = lineOf(subject, at + i);
      const { value, floor, kink } = measure(line, STEP * Math.max(1, Math.abs(w[at + i]!)), g[at + i]!, loss, noise);
      const relative = relativeError(g[at + i]!, value, floor);
      const absolute = Math.abs(g[at + i]! - value);
      return { path, index: indexOf(i, shape), backward: g[at + i]!, numerical: value, absolute, relative, verdict: verdictOf(relative, kink) };
    }));
  found.sort((one, other) => other.relative - one.relative);
  const verdict = WORST.find((worst) => found.some((row) => row.verdict === worst));
  return { values: { rows: found.slice(0, MOST_ROWS), verdict, checked: found.length, loss, step: STEP, examples: rows } };
};

/** The loss along one weight, by how far it is moved. */
function lineOf(subject: Subject, place: number): (offset: number) => number {
  const moved = subject.w.slice();
  return (offset) => {
    moved[place] = subject.w[place]! + offset;
    return subject.loss(moved);
  };
}

/** The rounding to expect in one value of the loss; outputs and their gradients are those of the last walk. */
function noiseOf({ network: { layers }, rows }: Subject, loss: number): number {
  let reach = 0;
  for (let i = 0; i < Math.min(rows, layers.capacity) * layers.outputs; i++) reach += Math.abs(layers.y[i]! * layers.dy[i]!);
  return 10 * Number.EPSILON * (1 + Math.abs(loss) + reach);
}

function relativeError(a: number, b: number, floor: number): number {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
  const scale = Math.max(Math.abs(a), Math.abs(b), floor);
  return Math.abs(a - b) / (scale > 0 ? scale : 1);
}

/** The slope along a line, looked at from each side and with smaller steps where it does not agree with `slope`. */
function measure(line: (offset: number) => number, step: number, slope: number, middle: number, noise: number): Measured {
  const central = (h: number) => (line(h) - line(-h)) / (2 * h);
  let found = { value: central(step), floor: noise / (step * RIGHT), kink: false };
  if (relativeError(slope, found.value, found.floor) <= RIGHT) return found;
  for (const part of SHRINK) {
    const h = step * part;
    found = { value: central(h), floor: noise / (h * RIGHT), kink: found.kink };
    const sideFloor = 4 * found.floor;
    const below = (3 * middle - 4 * line(-h) + line(-2 * h)) / (2 * h);
    const above = (-3 * middle + 4 * line(h) - line(2 * h)) / (2 * h);
    const bends = relativeError(below, above, sideFloor) > RIGHT;
    let isSettled = !bends && relativeError(found.value, (below + above) / 2, sideFloor) <= RIGHT;
    found.kink ||= bends;
    for (const side of [below, above]) {
      if (relativeError(slope, side, sideFloor) > RIGHT) continue;
      found = { value: side, floor: sideFloor, kink: found.kink };
      isSettled = true;
    }
    if (isSettled) break;
  }
  return found;
}

function verdictOf(error: number, kink: boolean): (typeof WORST)[number] {
  if (error <= RIGHT) return kink ? "kink" : "right";
  return error <= WRONG ? "look closer" : "wrong";
}

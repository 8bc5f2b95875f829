/** What the losses so far show: divergence, oscillation, no progress, overfitting: `pellucid/diagnosis/symptoms`. */
import { testSubject, trainingSubject } from "../questions/about";
import type { Subject } from "../questions/subject";
import { steadyLimit } from "./limit";
import { measureSharpness } from "./sharpness";
import { warning, type FindSymptoms } from "./symptom";

const FAR = 3;
const LOOKED_BACK = 20;
const FEWEST = 6;
const RISES = 0.25;
const SWING = 0.02;
const SAMPLE = 200;
const ITERATIONS = 10;
const EPOCHS = 50;
const STILL = 0.003;
const NOTHING_LEARNT = [0.9, 1.5] as const;
const SURE = 2;
const WORSE = 0.1;

export const divergence: FindSymptoms = ({ training, loss, chance, trainLosses }) => {
  const { rate, now } = training;
  if (training.status === "diverged" || !Number.isFinite(loss)) {
    const born = training.status === "diverged" ? (training.note ?? "a number is not finite") : "the loss is not finite";
    return [warning("divergence", null, { array: born, step: now.step, learning_rate: rate })];
  }
  const start = trainLosses[0] ?? Infinity;
  return loss > FAR * chance && loss > start ? [warning("divergence", null, { loss, chance, start, learning_rate: rate })] : [];
};

export const oscillation: FindSymptoms = ({ training, chance, trainLosses }) => {
  const losses = trainLosses.slice(-LOOKED_BACK).filter(Number.isFinite);
  const changes = losses.slice(1).map((loss, i) => loss - losses[i]!);
  const up = changes.filter((change) => change > 0);
  const rises = up.length / changes.length;
  const swing = up.reduce((sum, change) => sum + change, 0) / up.length;
  if (changes.length < FEWEST || rises < RISES || !(swing >= SWING * chance)) return [];
  const limit = steadyLimit(training);
  if (!limit) return [];
  const subject = trainingSubject(training, SAMPLE);
  const sharpness = measureSharpness(subject, ITERATIONS, limit.scale);
  return sharpness > limit.value ? [warning("oscillation", null, { sharpness, limit: limit.value, rises, learning_rate: training.rate })] : [];
};

export const noProgress: FindSymptoms = ({ epochs, trainLosses, loss, chance, subject: { w }, g, network: { layers } }) => {
  const last = epochs.at(-1)!;
  const recent = trainLosses.filter((_, i) => epochs[i]! >= last - EPOCHS);
  if (last - epochs[0]! < EPOCHS || !recent.every(Number.isFinite)) return [];
  const half = Math.floor(recent.length / 2);
  const fallen = mean(recent.slice(0, half)) - mean(recent.slice(half));
  const [least, most] = NOTHING_LEARNT;
  if (!(least < loss / chance && loss / chance < most && fallen < STILL * loss)) return [];
  const largest = (numbers: Float64Array) => layers.layers.reduce(
    (greatest, { W, b }) => numbers.subarray(W, b).reduce((found, number) => Math.max(found, Math.abs(number)), greatest), 0);
  return [warning("no_progress", null, { loss, chance, epochs: EPOCHS, weights: largest(w), gradient: largest(g) })];
};

export const overfitting: FindSymptoms = ({ training, subject, loss, chance, testLosses }) => {
  if (training.network.labels.length - training.network.training < 2) return [];
  const values = valuesOf(testSubject(training));
  if (!values.every(Number.isFinite)) return [];
  const test = mean(values);
  const gap = test - loss;
  const error = Math.sqrt(squaredError(values) + squaredError(valuesOf(subject)));
  const lowest = testLosses.reduce((least, value) => (value < least ? value : least), Infinity);
  if (!(gap > SURE * error && test > lowest + WORSE * chance)) return [];
  return [warning("overfitting", null, { train: loss, test, gap, error, lowest })];
};

/** The loss of each example. */
function valuesOf(subject: Subject): number[] {
  const { objective: { loss, outputs }, layers } = subject.network;
  const values: number[] = [];
  subject.walk(subject.w, (targets, rows) => {
    for (let row = 0; row < rows; row++) {
      values.push(loss.value(layers.y.subarray(row * outputs), targets.subarray(row * outputs), 1, outputs));
    }
  });
  return values;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The variance of the mean. */
function squaredError(values: number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1) / values.length;
}

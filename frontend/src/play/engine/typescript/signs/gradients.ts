/** Gradients that fade or explode on their way back: `pellucid/diagnosis/symptoms/gradients_by_depth.py`. */
import type { Measurements } from "./measurements";
import { warning, type FindSymptoms, type Symptom } from "./symptom";

/** The first layer's gradient over its weights is so small a part of the last layer's. */
const FADED = 1e-3;

export const gradientsByDepth: FindSymptoms = (measured) =>
  measured.network.layers.layers.length < 3 || !measured.hasLossToWin ? [] : [...fading(measured), ...exploding(measured)];

/** By the gradients of single examples: those of all cancel where the best constant answer is reached. */
function fading({ network: { layers }, units, subject: { w } }: Measurements): Symptom[] {
  const sizes = layers.layers.flatMap(({ path, W, b }, l) => {
    const size = units.layers[l]!.byExample / norm(w, W, b);
    return Number.isFinite(size) ? [{ path, size }] : [];
  });
  const [{ path, size: first } = { path: "", size: 0 }] = sizes;
  const last = sizes.at(-1)?.size ?? 0;
  if (sizes.length < 2 || !(last > 0) || !(first < FADED * last)) return [];
  return [warning("fading_gradients", path, { first, last, ratio: first / last })];
}

/** By the gradient that a step takes. Weights that are nearly 0 are held to be as large as first weights are. */
function exploding({ network: { layers, state }, g, subject: { w }, training: { rate } }: Measurements): Symptom[] {
  if (!["gradient_descent", "momentum", "nesterov"].includes(state.optimizer)) return [];
  const steps = layers.layers.map(({ path, W, b, inputs }) => {
    const weights = Math.max(norm(w, W, b), Math.sqrt((b - W) / inputs));
    return { path, step: (rate * norm(g, W, b)) / weights };
  });
  const longest = steps.reduce((one, other) => (other.step >= one.step ? other : one));
  if (!(longest.step > 1)) return [];
  return [warning("exploding_gradients", longest.path, { first: steps[0]!.step, last: steps.at(-1)!.step, step: longest.step })];
}

function norm(numbers: Float64Array, from: number, to: number): number {
  let squares = 0;
  for (let i = from; i < to; i++) squares += numbers[i]! ** 2;
  return Math.sqrt(squares);
}

/** What goes into a network: functions of the two inputs; of data with other than two columns, all as they are. */
import type { Feature } from "../../state";

const FEATURES: Record<Feature, (x1: number, x2: number) => number> = {
  x1: (x1) => x1,
  x2: (_, x2) => x2,
  "x1^2": (x1) => x1 * x1,
  "x2^2": (_, x2) => x2 * x2,
  x1x2: (x1, x2) => x1 * x2,
  "sin(x1)": (x1) => Math.sin(x1),
  "sin(x2)": (_, x2) => Math.sin(x2),
};

/** Features of inputs x (N, D), row by row. */
export function featuresOf(names: readonly Feature[], x: Float64Array, width: number): Float64Array {
  if (width !== 2) return x;
  if (names.length === 0) throw new Error("a network needs an input: choose a feature");
  const rows = x.length / width;
  const result = new Float64Array(rows * names.length);
  names.forEach((name, place) => {
    const feature = FEATURES[name];
    for (let row = 0; row < rows; row++) result[row * names.length + place] = feature(x[row * width]!, x[row * width + 1]!);
  });
  return result;
}

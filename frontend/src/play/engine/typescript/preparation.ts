/** How features are prepared: one of five steps, fitted on training rows, as `pellucid/data/preparation` fits them. */
import type { NetworkState } from "../../state";
import { columnMeans } from "./data/plane";
import { principalDirections } from "./principal";

/** What whitening adds to variances: directions of hardly any variance are not blown up. */
const EPSILON = 1e-5;

/** `z = (x - mean) / scale` or `z = (x - mean) V`: x (B, D), V (D, K), z (B, K). */
export interface Prepared {
  outputs: number;
  mean?: Float64Array;
  /** Of columns that are divided. */
  scale?: Float64Array;
  /** Of columns that are turned. */
  V?: Float64Array;
  apply(x: Float64Array): Float64Array;
}

export function fitPreparation(name: NetworkState["preparation"], x: Float64Array, width: number): Prepared {
  if (name === "none") return { outputs: width, apply: (rows) => rows };
  if (name === "centre") return shift(columnMeans(x, width));
  if (name === "normalise") return fitNormalise(x, width);
  const mean = columnMeans(x, width);
  const rows = x.length / width;
  const centred = x.map((number, i) => number - mean[i % width]!);
  const noise = Number.EPSILON * x.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  const { basis, variances, kept } = principalDirections(centred, rows, width, noise);
  const V = name === "whiten" ? basis.map((entry, i) => entry / Math.sqrt(variances[i % kept]! + EPSILON)) : basis;
  return { outputs: kept, mean, V, apply: (given) => rotate(given, mean, V, kept) };
}

/** A column that never changes keeps scale 1 and becomes 0. */
function fitNormalise(x: Float64Array, width: number): Prepared {
  const mean = columnMeans(x, width);
  const squares = new Float64Array(width);
  for (let i = 0; i < x.length; i++) squares[i % width]! += (x[i]! - mean[i % width]!) ** 2;
  const constant = Array.from(mean, (_, column) => x.every((number, i) => i % width !== column || number === x[column]));
  return shift(
    mean.map((value, column) => (constant[column] ? x[column]! : value)),
    squares.map((sum, column) => (constant[column] ? 1 : Math.sqrt(sum / (x.length / width)) || 1)),
  );
}

function shift(mean: Float64Array, scale?: Float64Array): Prepared {
  const width = mean.length;
  return {
    outputs: width,
    mean,
    ...(scale && { scale }),
    apply: (x) => x.map((number, i) => (number - mean[i % width]!) / (scale?.[i % width] ?? 1)),
  };
}

function rotate(x: Float64Array, mean: Float64Array, V: Float64Array, outputs: number): Float64Array {
  const width = mean.length;
  const rows = x.length / width;
  const z = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      const from = x[row * width + column]! - mean[column]!;
      for (let k = 0; k < outputs; k++) z[row * outputs + k]! += from * V[column * outputs + k]!;
    }
  }
  return z;
}

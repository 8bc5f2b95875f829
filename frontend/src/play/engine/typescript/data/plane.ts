/** How inputs are seen in the plane of the map, as `pellucid/playground/data/plane.py` has it. */
import { principalDirections } from "../principal";

export type Domain = [[number, number], [number, number]];

/** `shown = (x - middle) V` and back `x = middle + shown V^T`; V (D, 2). */
export interface Plane {
  middle: Float64Array;
  V: Float64Array;
}

/** The plane of training inputs x (N, D) along two of them, or, for (-1, -1), two principal components. */
export function planeOf(x: Float64Array, width: number, axes: [number, number]): Plane {
  const [first, second] = axes;
  if (first === -1 && second === -1) return planeOfComponents(x, width);
  if (width === 1) return { middle: new Float64Array(1), V: Float64Array.of(1, 0) };
  if (first === second || axes.some((axis) => axis < 0 || axis >= width)) {
    throw new Error(`the map shows two of the columns 0 to ${width - 1}, or -1 and -1, not ${first} and ${second}`);
  }
  const V = new Float64Array(2 * width);
  V[2 * first] = 1;
  V[2 * second + 1] = 1;
  return { middle: columnMeans(x, width).map((mean, column) => (axes.includes(column) ? 0 : mean)), V };
}

function planeOfComponents(x: Float64Array, width: number): Plane {
  const middle = columnMeans(x, width);
  const centred = x.map((number, i) => number - middle[i % width]!);
  const { basis, kept } = principalDirections(centred, x.length / width, width, 0);
  const V = new Float64Array(2 * width);
  for (let row = 0; row < width; row++) for (let k = 0; k < Math.min(2, kept); k++) V[2 * row + k] = basis[row * kept + k]!;
  return { middle, V };
}

export function columnMeans(x: Float64Array, width: number): Float64Array {
  const means = new Float64Array(width);
  for (let i = 0; i < x.length; i++) means[i % width]! += x[i]!;
  return means.map((sum) => sum / (x.length / width));
}

/** Where the map has inputs x (N, D): (N, 2). */
export function show({ middle, V }: Plane, x: Float64Array): Float64Array {
  const width = middle.length;
  const shown = new Float64Array((2 * x.length) / width);
  for (let i = 0; i < x.length; i++) {
    const row = 2 * Math.floor(i / width);
    const column = i % width;
    const from = x[i]! - middle[column]!;
    shown[row]! += from * V[2 * column]!;
    shown[row + 1]! += from * V[2 * column + 1]!;
  }
  return shown;
}

/** The inputs at a place of the map, written to `x` from `at` on. */
export function inputsAt({ middle, V }: Plane, shown1: number, shown2: number, x: Float64Array, at: number): void {
  for (let column = 0; column < middle.length; column++) {
    x[at + column] = middle[column]! + shown1 * V[2 * column]! + shown2 * V[2 * column + 1]!;
  }
}

/** A square or oblong around all points, with a little room; of points that the usual domain holds, that one. */
export function domainAround(shown: Float64Array): Domain {
  const [first, second] = [0, 1].map((axis) => {
    let least = Infinity;
    let greatest = -Infinity;
    for (let i = axis; i < shown.length; i += 2) {
      least = Math.min(least, shown[i]!);
      greatest = Math.max(greatest, shown[i]!);
    }
    return [least, greatest] as [number, number];
  }) as Domain;
  const sides: Domain = [first, second];
  const within = sides.every(([least, greatest]) => least >= -6 && greatest <= 6);
  if (within && Math.max(first[1] - first[0], second[1] - second[0]) > 3) return [[-6, 6], [-6, 6]];
  return sides.map(([least, greatest]) => {
    const room = greatest === least ? 0.5 : 0.1 * (greatest - least);
    return [least - room, greatest + room];
  }) as Domain;
}

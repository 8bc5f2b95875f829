/** A plane through the weights of a network, as `pellucid/studies/plane.py` has it. */
import type { NamedArray } from "../network";
import { orthonormalColumns } from "../orthonormal";
import { principalDirections } from "../principal";
import { foldIn, keyOf, normal } from "../random";
import { isWithin, placeIn, readName } from "../weight_names";

export interface Plane {
  names: [string, string];
  centre: Float64Array;
  /** From the centre, which has the coordinates `origin`. */
  directions: [Float64Array, Float64Array];
  origin: [number, number];
  /** Which part of a path's movement lies along each; null where it is no path. */
  explained: [number, number] | null;
}

const DIRECTIONS: Plane["names"] = ["direction 1", "direction 2"];

/** The plane of two weights; its coordinates are their values. */
export function planeOfWeights(w: Float64Array, arrays: NamedArray[], names: [string, string]): Plane {
  const places = names.map((name) => placeOf(arrays, name)) as [number, number];
  if (places[0] === places[1]) throw new Error(`the plane needs two different weights, not ${names[0]} twice`);
  const direction = (place: number) => Float64Array.from(w, (_, i) => Number(i === place));
  return {
    names, centre: w, explained: null, directions: [direction(places[0]), direction(places[1])],
    origin: [w[places[0]]!, w[places[1]]!],
  };
}

function placeOf(arrays: NamedArray[], name: unknown): number {
  const read = typeof name === "string" ? readName(name) : null;
  if (!read) throw new Error(`surface: ${JSON.stringify(name)} names no weight: write dense_1/W[0, 1]`);
  const array = arrays.find(({ path }) => path === read.path);
  if (!array) throw new Error(`there are no weights at ${read.path}, only at ${arrays.map(({ path }) => path).join(", ")}`);
  if (!isWithin(read.index, array.shape)) throw new Error(`${name} is not there: ${array.path} has shape (${array.shape.join(", ")})`);
  return placeIn(array, read.index);
}

/** Two random directions in which the weights into each unit move as far as they are long; biases stay. */
export function randomPlane(w: Float64Array, arrays: NamedArray[], seed: number): Plane {
  const direction = (way: number): Float64Array => {
    const drawn = new Float64Array(w.length);
    arrays.forEach((array, i) => {
      if (array.path.endsWith("/W")) putAsLong(w, array, normal(foldIn(foldIn(keyOf(seed), way), i), array.size), drawn);
    });
    return drawn;
  };
  return { names: DIRECTIONS, centre: w, directions: [direction(0), direction(1)], origin: [0, 0], explained: null };
}

/** Drawn numbers in the place of an array, those into each unit together as long as the weights into it. */
function putAsLong(w: Float64Array, { at, size, shape }: NamedArray, drawn: Float64Array, to: Float64Array): void {
  const units = shape.at(-1)!;
  for (let unit = 0; unit < units; unit++) {
    let own = 0;
    let other = 0;
    for (let i = unit; i < size; i += units) {
      own += w[at + i]! ** 2;
      other += drawn[i]! ** 2;
    }
    for (let i = unit; i < size; i += units) to[at + i] = drawn[i]! * Math.sqrt(own / other);
  }
}

/** The plane through the last of `places` along the two principal directions of the path to it, each of length 1. */
export function planeOfPath(places: Float64Array[], seed: number): Plane {
  const centre = places.at(-1)!;
  const moved = places.map((place) => place.map((number, i) => number - centre[i]!));
  const total = moved.reduce((sum, way) => way.reduce((squares, number) => squares + number ** 2, sum), 0);
  if (!(total > 0)) throw new Error("the weights have not moved yet, so that their path has no directions: train a few steps");
  const found = leadingDirections(moved, seed);
  const kept = found.filter(({ square }) => square > 1e-18 * found[0]!.square).slice(0, 2).map(({ direction }) => direction);
  if (kept.length < 2) kept.push(across(kept[0]!, seed));
  return {
    names: DIRECTIONS, centre, directions: kept as Plane["directions"], origin: [0, 0],
    explained: [found[0]!.square / total, (found[1]?.square ?? 0) / total],
  };
}

const BLOCK = 8;
const ROUNDS = 100;

/** The directions along which rows are longest, by iteration of a few vectors at once (Rutishauser 1970), largest first. */
function leadingDirections(rows: Float64Array[], seed: number): { direction: Float64Array; square: number }[] {
  const size = rows[0]!.length;
  const block = Math.min(BLOCK, size);
  let V = orthonormalColumns(normal(foldIn(keyOf(seed), 1), size * block), size, block);
  for (let round = 0; round < (block === size ? 0 : ROUNDS); round++) {
    const image = new Float64Array(size * block);
    const seen = times(rows, V, block);
    rows.forEach((row, r) => row.forEach((number, i) => {
      for (let k = 0; k < block; k++) image[i * block + k]! += number * seen[r * block + k]!;
    }));
    V = orthonormalColumns(image, size, block);
  }
  const { basis, variances, kept } = principalDirections(times(rows, V, block), rows.length, block, 0);
  return Array.from({ length: kept }, (_, k) => {
    const direction = new Float64Array(size);
    for (let i = 0; i < size; i++) for (let j = 0; j < block; j++) direction[i]! += V[i * block + j]! * basis[j * kept + k]!;
    return { direction: pointed(direction), square: variances[k]! * rows.length };
  });
}

/** rows V: (number of rows, block). */
function times(rows: Float64Array[], V: Float64Array, block: number): Float64Array {
  const result = new Float64Array(rows.length * block);
  rows.forEach((row, r) => row.forEach((number, i) => {
    for (let k = 0; k < block; k++) result[r * block + k]! += number * V[i * block + k]!;
  }));
  return result;
}

/** The same direction or its opposite: that whose largest entry is above 0. */
function pointed(direction: Float64Array): Float64Array {
  const largest = direction.reduce((most, entry) => (Math.abs(entry) > Math.abs(most) ? entry : most), 0);
  return largest < 0 ? direction.map((entry) => -entry) : direction;
}

/** A random direction at a right angle to another. */
function across(direction: Float64Array, seed: number): Float64Array {
  const drawn = normal(keyOf(seed), direction.length);
  const part = dot(drawn, direction);
  const other = drawn.map((number, i) => number - part * direction[i]!);
  const length = Math.sqrt(dot(other, other));
  return other.map((number) => number / length);
}

export const dot = (one: Float64Array, other: Float64Array): number => one.reduce((sum, number, i) => sum + number * other[i]!, 0);

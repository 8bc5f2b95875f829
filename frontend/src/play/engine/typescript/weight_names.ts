/** Numbers of a network by name, such as `dense_1/W[0, 1]`: a path and an index, and where that number is. */
import type { NamedArray } from "./network";

const FORM = /^([A-Za-z_0-9/]{1,80})\[(\d{1,6}(?:, ?\d{1,6}){0,3})\]$/;

/** The path and the index of a name; null for a text that is none. */
export function readName(name: string): { path: string; index: number[] } | null {
  const match = FORM.exec(name);
  return match && { path: match[1]!, index: match[2]!.split(",").map(Number) };
}

export const isWithin = (index: readonly number[], shape: readonly number[]): boolean =>
  index.length === shape.length && index.every((i, axis) => i < shape[axis]!);

/** Where a number of an array is among all weights. */
export const placeIn = ({ at, shape }: Pick<NamedArray, "at" | "shape">, index: readonly number[]): number =>
  at + index.reduce((place, i, axis) => place * shape[axis]! + i, 0);

/** The index of the number that comes `i`-th in an array. */
export function indexOf(i: number, shape: readonly number[]): number[] {
  return shape.reduceRight<{ rest: number; index: number[] }>(
    ({ rest, index }, length) => ({ rest: Math.floor(rest / length), index: [rest % length, ...index] }),
    { rest: i, index: [] },
  ).index;
}

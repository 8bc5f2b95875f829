/** The numbers of one network in a frame, by the names of docs/playground-protocol.md. */
import type { NetworkFrame, Numbers } from "../frames";

export type { NetworkFrame, Numbers };

/** The number at an index, NaN where the array has no such place. */
export function at({ shape, values }: Numbers, index: readonly number[]): number {
  if (index.length !== shape.length || index.some((place, axis) => place < 0 || place >= shape[axis]!)) return NaN;
  return values[index.reduce((flat, place, axis) => flat * shape[axis]! + place, 0)] ?? NaN;
}

/** A weight, a bias or a unit of a network, as `explain` writes its target: `dense_1/W[0, 1]`, `dense_1/b[1]`, `dense_1[1]`. */
export interface Target {
  layer: string;
  leaf: string | null;
  index: number[];
}

export const writeTarget = ({ layer, leaf, index }: Target): string => `${leaf === null ? layer : `${layer}/${leaf}`}[${index.join(", ")}]`;

export function readTarget(text: string): Target | null {
  const found = /^([^/[\]]+)(?:\/([^/[\]]+))?(?:\[([\d,\s]*)\])?$/.exec(text.trim());
  if (!found) return null;
  const index = (found[3] ?? "").split(",").map((part) => part.trim()).filter(Boolean).map(Number);
  return { layer: found[1]!, leaf: found[2] ?? null, index };
}

/** How many weighted sums each unit of a layer has: one, of maxout its pieces; W is (inputs, pieces, units) there. */
export const piecesOf = (weights: Numbers): number => (weights.shape.length === 3 ? weights.shape[1]! : 1);

/** Where the weight of a link is in W. */
export const weightIndex = (weights: Numbers, from: number, unit: number, piece = 0): number[] =>
  weights.shape.length === 3 ? [from, piece, unit] : [from, unit];

/** Where the bias of a unit is in b. */
export const biasIndex = (biases: Numbers, unit: number, piece = 0): number[] => (biases.shape.length === 2 ? [piece, unit] : [unit]);

/** The piece whose weight is largest in size: what a link of maxout is drawn with. */
export function strongestPiece(weights: Numbers, from: number, unit: number): number {
  let best = 0;
  for (let piece = 1; piece < piecesOf(weights); piece++) {
    if (Math.abs(at(weights, weightIndex(weights, from, unit, piece))) > Math.abs(at(weights, weightIndex(weights, from, unit, best)))) best = piece;
  }
  return best;
}

/** The weight a link is drawn with. */
export const linkWeight = (weights: Numbers, from: number, unit: number): number =>
  at(weights, weightIndex(weights, from, unit, strongestPiece(weights, from, unit)));

/** The mean of a unit's output over the plane. */
export function meanOutput(pictures: Numbers, unit: number): number {
  const cells = pictures.shape.slice(1).reduce((product, length) => product * length, 1);
  let sum = 0;
  for (let cell = unit * cells; cell < (unit + 1) * cells; cell++) sum += pictures.values[cell] ?? NaN;
  return sum / cells;
}

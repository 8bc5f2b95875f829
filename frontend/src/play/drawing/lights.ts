/** Which weights, biases and units light up: what is selected, and what lies on the way of a derivation. */
import { readTarget, type Target } from "./numbers";
import type { Column } from "./columns";

export interface Lit {
  link(layer: number, from: number, to: number): boolean;
  bias(layer: number, unit: number): boolean;
  unit(layer: number, unit: number): boolean;
}

export const NONE: Lit = { link: () => false, bias: () => false, unit: () => false };

/** From targets as the engine writes them: `dense_1/W[0, 1]` is a link, `dense_1/W` all of a layer, `dense_1[1]` a unit. */
export function litOf(targets: readonly string[], columns: readonly Column[]): Lit {
  if (!targets.length) return NONE;
  const found = targets.map(readTarget).filter((target): target is Target => target !== null);
  const ofLayer = columns.map(({ path }) => found.filter(({ layer }) => layer === path));
  const some = (layer: number, leaf: string | null, index: readonly number[]): boolean =>
    ofLayer[layer]?.some((target) => target.leaf === leaf && matches(target.index, index)) ?? false;
  return {
    link: (layer, from, to) => {
      const row = columns[layer - 1]?.units[from]?.row ?? null;
      return row !== null && some(layer, "W", [row, to]);
    },
    bias: (layer, unit) => some(layer, "b", [unit]),
    unit: (layer, unit) => some(layer, null, [unit]),
  };
}

/** No index means all; of maxout, whose arrays have an axis of pieces, the first and the last number count. */
function matches(wanted: readonly number[], index: readonly number[]): boolean {
  if (!wanted.length) return true;
  if (index.length === 1) return wanted.at(-1) === index[0];
  return wanted[0] === index[0] && wanted.at(-1) === index[1];
}

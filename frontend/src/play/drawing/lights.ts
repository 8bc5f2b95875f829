/** Which weights, biases and units light up: what is selected, and what lies on the way of a derivation. */
import type { Light } from "../selection";
import type { Column } from "./columns";
import { readTarget } from "./numbers";

/** The numbers on the way: forward a value, backward a gradient; null where it is lit without a number. */
export type LitNumbers = Partial<Record<Light["kind"], number | null>>;

export interface Lit {
  link(layer: number, from: number, to: number): LitNumbers | null;
  bias(layer: number, unit: number): LitNumbers | null;
  unit(layer: number, unit: number): LitNumbers | null;
}

const nothing = (): null => null;
export const NONE: Lit = { link: nothing, bias: nothing, unit: nothing };

export function litOf(lights: readonly Light[], columns: readonly Column[]): Lit {
  if (!lights.length) return NONE;
  const found = new Map<string, LitNumbers>();
  for (const { path, index, kind, value } of lights) {
    const key = keyOf(path, index);
    found.set(key, { ...found.get(key), [kind]: value });
  }
  const get = (path: string, index: readonly number[]): LitNumbers | null => found.get(keyOf(path, index)) ?? null;
  return {
    link: (layer, from, to) => {
      const row = columns[layer - 1]?.units[from]?.row ?? null;
      return row === null ? null : get(`${columns[layer]!.path}/W`, [row, to]);
    },
    bias: (layer, unit) => get(`${columns[layer]!.path}/b`, [unit]),
    unit: (layer, unit) => {
      const row = columns[layer]!.units[unit]?.row ?? null;
      return row === null ? null : get(columns[layer]!.path ?? "x", [row]);
    },
  };
}

/** Of maxout, whose arrays have an axis of pieces, the first and the last number tell the link. */
const keyOf = (path: string, index: readonly number[]): string => `${path} ${path.endsWith("/W") ? [index[0], index.at(-1)] : index.at(-1)}`;

/** What is selected, as the question `explain` names its target. */
export function litTarget(target: string | null, columns: readonly Column[]): Lit {
  const read = target === null ? null : readTarget(target);
  if (!read?.index.length) return NONE;
  return litOf([{ path: read.leaf === null ? read.layer : `${read.layer}/${read.leaf}`, index: read.index, kind: "forward", value: null }], columns);
}

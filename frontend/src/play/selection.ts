import { signal } from "@preact/signals";

/** A point that was clicked on the map: a row of the data, or any place on it. */
export type SelectedPoint = { row: number } | { x: number[]; y: number | null };
export const selectedPoint = signal<SelectedPoint | null>(null);

/** A unit (layer counted from 1) or a feature of the network shown, that the large map shows instead of the answer. */
export type HoveredUnit = { layer: number; unit: number } | { feature: number };
export const hoveredUnit = signal<HoveredUnit | null>(null);

/**
 * What the panels explain: a weight, a bias or a unit of the network shown, as the question `explain` names its target:
 * `dense_1/W[0, 1]`, `dense_1/b[1]`, `dense_1[1]` (a unit).
 */
export const selected = signal<string | null>(null);

/** A number on the way of a derivation, as the question `explain` names it: forward a value, backward a gradient. */
export interface Light {
  /** `dense_1/W`, `dense_1/b`; `dense_1` is a unit, `x` an input. */
  path: string;
  index: readonly number[];
  kind: "forward" | "backward";
  value: number | null;
}

/** What the drawing lights up: what lies between the number that is explained and the loss, or the part of it that is reached. */
export const lights = signal<readonly Light[]>([]);

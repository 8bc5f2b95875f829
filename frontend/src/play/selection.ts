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

/** What lies on the way of the derivation shown, in the same words: the drawing lights it up. */
export const lights = signal<readonly string[]>([]);

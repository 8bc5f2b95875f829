import { signal } from "@preact/signals";

/** A point that was clicked on the map: a row of the data, or any place on it. */
export type SelectedPoint = { row: number } | { x: number[]; y: number | null };
export const selectedPoint = signal<SelectedPoint | null>(null);

/** A unit (layer counted from 1) or a feature of the network shown, that the large map shows instead of the answer. */
export type HoveredUnit = { layer: number; unit: number } | { feature: number };
export const hoveredUnit = signal<HoveredUnit | null>(null);

/** What goes wrong in a network, by the unit where it does: the drawing marks it. */
import type { Sign } from "../protocol";
import { readTarget } from "./numbers";
import type { Column } from "./columns";

export interface UnitSign {
  sign: string;
  layer: number;
  /** Null of a sign of the whole layer. */
  unit: number | null;
}

/** Signs with a path: `dense_1[0, 3]` are units, `dense_1` a layer. */
export function unitSigns(signs: readonly Sign[], columns: readonly Column[]): UnitSign[] {
  return signs.flatMap(({ sign, path }): UnitSign[] => {
    const target = path === null ? null : readTarget(path);
    const layer = target ? columns.findIndex((column) => column.path !== null && column.path === target.layer) : -1;
    if (!target || layer < 0) return [];
    const units = target.index.filter((unit) => unit < columns[layer]!.units.length);
    return target.index.length ? units.map((unit) => ({ sign, layer, unit })) : [{ sign, layer, unit: null }];
  });
}

/** A shape for each sign: it is told without colour. */
export const shapeOfSign = (sign: string): string => ({ dead_units: "✕", saturated_units: "▬", symmetric_units: "=" })[sign] ?? "!";

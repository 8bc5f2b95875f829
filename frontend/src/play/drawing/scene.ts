/** All that the drawing of a network shows at one moment, as a value: the canvas and the exported picture are drawn from it. */
import { linkCurve, type Curve, type Layout, type Link } from "./geometry";
import { thickestOf } from "./colours";
import { at, biasIndex, linkWeight, strongestPiece, weightIndex, type NetworkFrame } from "./numbers";
import type { Column } from "./columns";
import { NONE, type Lit, type LitNumbers } from "./lights";

export interface DrawnLink extends Link {
  /** Null before the first frame. */
  weight: number | null;
  /** Of the last batch; NaN where the frame has none. */
  gradient: number;
  curve: Curve;
  lit: LitNumbers | null;
  chosen: boolean;
  /** Whether it ends at the unit that is pointed at. */
  near: boolean;
}

export interface DrawnBias {
  layer: number;
  unit: number;
  /** Null before the first frame. */
  value: number | null;
  lit: LitNumbers | null;
  chosen: boolean;
}

export interface LitUnit {
  layer: number;
  unit: number;
  lit: LitNumbers | null;
}

export interface Scene {
  layout: Layout;
  columns: readonly Column[];
  links: DrawnLink[];
  /** How many links there are: of very many the strongest alone are drawn. */
  all: number;
  biases: DrawnBias[];
  /** Units that are lit or chosen. */
  units: LitUnit[];
  /** The width of the thickest link. */
  thickest: number;
}

/** More links than these are a blur to the reader and a second to the browser. */
export const MOST_LINKS = 2_500;

export interface Marked {
  lit: Lit;
  chosen: Lit;
  /** The unit that is pointed at: all its links are drawn. */
  near: { layer: number; unit: number } | null;
}

export function sceneOf(layout: Layout, columns: readonly Column[], frame: NetworkFrame | null, marked: Marked): Scene {
  const all = linkCount(columns);
  const least = all > MOST_LINKS ? strengthOfLast(columns, frame) : 0;
  const thickest = thickestOf(Math.max(...columns.map(({ units }) => units.length)));
  return { layout, columns, all, thickest, links: linksOf(layout, columns, frame, marked, least), biases: biasesOf(columns, frame, marked), units: unitsOf(columns, marked) };
}

const linkCount = (columns: readonly Column[]): number =>
  columns.slice(1).reduce((sum, column, index) => sum + column.units.length * columns[index]!.units.filter(({ row }) => row !== null).length, 0);

function linksOf(layout: Layout, columns: readonly Column[], frame: NetworkFrame | null, { lit, chosen, near }: Marked, least: number): DrawnLink[] {
  const links: DrawnLink[] = [];
  for (let layer = 1; layer < columns.length; layer++) {
    const path = columns[layer]!.path;
    const weights = path === null ? undefined : frame?.arrays.get(`param:${path}/W`);
    const gradients = path === null ? undefined : frame?.arrays.get(`grad:${path}/W`);
    columns[layer - 1]!.units.forEach(({ row }, from) => {
      if (row === null) return;
      for (let to = 0; to < columns[layer]!.units.length; to++) {
        const weight = weights ? linkWeight(weights, row, to) : null;
        const marks = { lit: lit.link(layer, from, to), chosen: chosen.link(layer, from, to) !== null };
        const isNear = near !== null && ((near.layer === layer && near.unit === to) || (near.layer === layer - 1 && near.unit === from));
        if (weight !== null && Math.abs(weight) < least && !marks.lit && !marks.chosen && !isNear) continue;
        const gradient = weights && gradients ? at(gradients, weightIndex(gradients, row, to, strongestPiece(weights, row, to))) : NaN;
        links.push({ layer, from, to, weight, gradient, curve: linkCurve(layout, layout.places[layer - 1]![from]!, layout.places[layer]![to]!), ...marks, near: isNear });
      }
    });
  }
  return links;
}

/** The size of the weakest link that is still drawn. */
function strengthOfLast(columns: readonly Column[], frame: NetworkFrame | null): number {
  const sizes: Float32Array[] = [];
  for (const { path } of columns) {
    const weights = path === null ? undefined : frame?.arrays.get(`param:${path}/W`);
    if (weights) sizes.push(weights.values.map(Math.abs));
  }
  const sorted = new Float32Array(sizes.reduce((sum, { length }) => sum + length, 0));
  let begin = 0;
  for (const part of sizes) {
    sorted.set(part, begin);
    begin += part.length;
  }
  sorted.sort();
  return sorted[Math.max(0, sorted.length - MOST_LINKS)] ?? 0;
}

export function biasesOf(columns: readonly Column[], frame: NetworkFrame | null, { lit, chosen }: Marked): DrawnBias[] {
  return columns.flatMap((column, layer) => {
    if (column.kind === "features") return [];
    const biases = column.path === null ? undefined : frame?.arrays.get(`param:${column.path}/b`);
    return column.units.map((_, unit) => ({
      layer, unit,
      value: biases ? at(biases, biasIndex(biases, unit)) : null,
      lit: lit.bias(layer, unit),
      chosen: chosen.bias(layer, unit) !== null,
    }));
  });
}

const unitsOf = (columns: readonly Column[], { lit, chosen }: Marked): LitUnit[] =>
  lit === NONE && chosen === NONE
    ? []
    : columns.flatMap(({ units }, layer) => units.flatMap((_, unit) => {
        const found = lit.unit(layer, unit);
        return found || chosen.unit(layer, unit) ? [{ layer, unit, lit: found }] : [];
      }));

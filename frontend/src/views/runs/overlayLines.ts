import type { RunSummary } from "../../api/types";
import { valueOf } from "../../analysis/filter";
import { textOf } from "../../analysis/grouping";
import { smooth } from "../../analysis/smoothing";
import { compareValues } from "../../analysis/sorting";
import { meanWithInterval } from "../../analysis/statistics";
import type { Line } from "../../components/lines";
import { t } from "../../i18n";
import type { TableData } from "../../state/tables";
import { elapsed, interpolate } from "../run/curveLines";

/** One metric of one run. */
export interface RunCurve {
  run: RunSummary;
  x: Float64Array;
  raw: Float64Array;
  y: Float64Array;
}

export function curveOf(run: RunSummary, table: TableData | undefined, column: string, axis: string, strength: number): RunCurve[] {
  const raw = table?.columns.get(column);
  if (!table || !raw) return [];
  const x = axis === "seconds" ? elapsed(table) : table.columns.get("epoch")!;
  return [{ run, x, raw, y: strength ? smooth(raw, strength) : raw }];
}

export const runLines = (curves: readonly RunCurve[]): Line[] =>
  curves.flatMap(({ run, x, raw, y }, style) => [
    ...(y === raw ? [] : [{ key: `${run.id}|raw`, label: run.name, x, y: raw, style, behind: true }]),
    { key: run.id, label: run.name, x, y, style },
  ]);

/** The mean of each group with the 95 % interval of that mean as a band, and, if wanted, each run behind it. */
export function groupLines(curves: readonly RunCurve[], group: string, each: boolean, least = -Infinity): Line[] {
  const members = new Map<string, RunCurve[]>();
  for (const curve of curves) {
    const value = textOf(valueOf(curve.run, group));
    members.set(value, [...(members.get(value) ?? []), curve]);
  }
  const ordered = [...members].sort(([one], [other]) => compareValues(one, other));
  return ordered.flatMap(([value, runs], style) => {
    const key = `group ${value}`;
    const label = t("overlay.group", { value: `${group} ${value}`, count: runs.length });
    const x = placesOf(runs);
    const means = Array.from(x, (at) => meanWithInterval(runs.map((curve) => valueAt(curve, at))));
    const edge = (sign: number) => means.map(({ mean, half }) => (Number.isFinite(half) ? Math.max(mean + sign * half, least) : NaN));
    return [
      ...(each ? runs.map(({ run, x, y }) => ({ key: `${key}|raw`, label: run.name, x, y, style, behind: true })) : []),
      { key: `${key}|high`, label, x, y: edge(1), style, edge: "high" as const },
      { key: `${key}|low`, label, x, y: edge(-1), style, edge: "low" as const },
      { key, label, x, y: means.map(({ mean }) => mean), style },
    ];
  });
}

const MOST_PLACES = 500;

/** Where a group's mean is taken: at all places of its runs, thinned evenly where they are many. */
function placesOf(curves: readonly RunCurve[]): number[] {
  const places = [...new Set(curves.flatMap(({ x }) => [...x]))].filter(Number.isFinite).sort((one, other) => one - other);
  const step = Math.max(1, (places.length - 1) / (MOST_PLACES - 1));
  return Array.from({ length: Math.min(places.length, MOST_PLACES) }, (_, index) => places[Math.round(index * step)]!);
}

/** A curve between its first and last place; beyond them a run has no value. */
function valueAt({ x, y }: RunCurve, at: number): number {
  return x.length && at >= x[0]! && at <= x.at(-1)! ? interpolate(at, x, y) : NaN;
}

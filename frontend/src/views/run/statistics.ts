import type { TableData } from "../../state/tables";
import { lastFinite } from "../../components/Legend";

/** Columns of layers are `PATH/STATISTIC`; the path is of a layer or of one of its arrays. */
export interface LayerColumn {
  column: string;
  path: string;
  statistic: string;
}

/** Such a column with its numbers, and the steps they are of. */
export interface LayerSeries extends LayerColumn {
  x: Float64Array;
  y: Float64Array;
}

export const splitColumn = (column: string): LayerColumn => {
  const at = column.lastIndexOf("/");
  return { column, path: at < 0 ? "" : column.slice(0, at), statistic: column.slice(at + 1) };
};

/** What is known of layers over time: statistics of watched steps, and what examinations found. */
export const layerSeries = (...tables: readonly TableData[]): LayerSeries[] =>
  tables.flatMap(({ columns }) =>
    [...columns]
      .filter(([name]) => name !== "step" && name !== "epoch")
      .map(([name, y]) => ({ ...splitColumn(name), x: columns.get("step") ?? new Float64Array(), y })),
  );

/** Statistics by what they are of: outputs, deltas, gradients, weights, updates, then a user's own. */
export function statisticsOf(columns: readonly LayerColumn[]): string[] {
  const order = ["out", "delta", "gradient", "weight", "update"];
  const rank = (name: string) => order.indexOf(name.split("_")[0]!) >>> 0;
  return [...new Set(columns.map((one) => one.statistic))].sort((one, other) => rank(one) - rank(other) || one.localeCompare(other, "en"));
}

/** The last value of a statistic for a layer: its own, or that of the first of its arrays. */
export function lastValue(columns: readonly LayerSeries[], path: string, statistic: string): number {
  const found =
    columns.find((one) => one.statistic === statistic && one.path === path) ??
    columns.find((one) => one.statistic === statistic && one.path.startsWith(`${path}/`));
  return found ? lastFinite(found.y) : NaN;
}

/** Histograms by what they are of: `dense_1/W/weight` is of "weight". */
export function histogramKinds(names: readonly string[]): Map<string, { name: string; path: string }[]> {
  const kinds = new Map<string, { name: string; path: string }[]>();
  for (const name of names) {
    const { path, statistic } = splitColumn(name);
    kinds.set(statistic, [...(kinds.get(statistic) ?? []), { name, path }]);
  }
  return kinds;
}

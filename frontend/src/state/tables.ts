import { columnsOf, type Envelope } from "../api/envelope";
import { peaks } from "../analysis/decimate";

/** Rows of a table, as far as they are here: maybe fewer than the run has, with every peak among them. */
export interface TableData {
  axis: string;
  columns: ReadonlyMap<string, Float64Array>;
  /** So many rows of the run these stand for. */
  total: number;
  decimated: boolean;
}

export const EMPTY: TableData = { axis: "step", columns: new Map(), total: 0, decimated: false };

/** Beyond so many points a table in the page is thinned: no screen shows more. */
export const MOST_POINTS = 4_000;

export function tableOf(message: Envelope): TableData {
  const { header } = message;
  const columns = columnsOf(message);
  return {
    axis: header.columns?.[0] ?? "step",
    columns,
    total: header.total ?? header.rows ?? 0,
    decimated: header.decimated ?? false,
  };
}

/** A table with new rows at its end; null when rows are missing between, so that it must be read again. */
export function withRows(table: TableData, message: Envelope): TableData | null {
  const { header } = message;
  const first = header.first ?? 0;
  if (first > table.total) return null;
  if (table.total === 0) return tableOf(message);
  const added = tableOf(message);
  const last = table.columns.get(table.axis)?.at(-1) ?? -Infinity;
  const axis = added.columns.get(added.axis) ?? new Float64Array();
  const begin = axis.findIndex((value) => value > last);
  if (begin < 0) return table;
  const names = new Set([...table.columns.keys(), ...added.columns.keys()]);
  const before = rowsOf(table);
  const columns = new Map(
    [...names].map((name) => [name, joined(table.columns.get(name), before, added.columns.get(name), begin, axis.length)]),
  );
  const total = Math.max(added.total, table.total);
  return thinned({ axis: table.axis, columns, total, decimated: table.decimated || added.decimated });
}

export const rowsOf = (table: TableData): number => table.columns.get(table.axis)?.length ?? 0;

function joined(
  old: Float64Array | undefined,
  before: number,
  fresh: Float64Array | undefined,
  begin: number,
  end: number,
): Float64Array {
  const out = new Float64Array(before + end - begin).fill(NaN);
  if (old) out.set(old);
  if (fresh) out.set(fresh.subarray(begin, end), before);
  return out;
}

function thinned(table: TableData): TableData {
  if (rowsOf(table) <= MOST_POINTS) return table;
  const leading = table.columns.get("loss") ?? [...table.columns.values()].at(-1)!;
  const rows = peaks(leading, MOST_POINTS / 2);
  const columns = new Map([...table.columns].map(([name, column]) => [name, Float64Array.from(rows, (row) => column[row]!)]));
  return { ...table, columns, decimated: true };
}

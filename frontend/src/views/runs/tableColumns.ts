import type { RunSummary } from "../../api/types";
import { varyingSettings } from "../../analysis/grouping";
import { parseIds, formatIds } from "../../state/selection";

/** What a column of the table of runs may show, beside the run itself: a result, a setting, or a field of the run. */
export interface Columns {
  results: readonly string[];
  settings: readonly string[];
  fields: readonly string[];
  /** Those that are shown unless others are chosen. */
  usual: readonly string[];
}

export const FIELDS = ["status", "epochs", "seconds", "started", "tags", "task", "data", "engine", "version"] as const;

const MOST_SETTINGS = 6;
const MOST_TESTS = 4;

/**
 * The usual ones: the chosen metric, the results of the test, the settings that differ, how far each run is. How many
 * epochs were asked for stands beside how many were done.
 */
export function columnsOf(runs: readonly RunSummary[], metrics: readonly string[], metric: string): Columns {
  const known = new Set(runs.flatMap((run) => Object.keys(run.results ?? {})));
  const tests = metrics.filter((name) => name.startsWith("test/") && name !== metric && known.has(name)).slice(0, MOST_TESTS);
  const differing = varyingSettings(runs).filter((name) => name !== "epochs").slice(0, MOST_SETTINGS);
  const tags = runs.some((run) => run.tags?.length) ? ["tags"] : [];
  return {
    results: metrics,
    settings: [...new Set(runs.flatMap((run) => Object.keys(run.settings ?? {})))].filter((name) => !FIELDS.some((field) => field === name)).sort(),
    fields: FIELDS,
    usual: ["status", ...[metric, ...tests].filter(Boolean), ...differing, "epochs", "seconds", "started", ...tags],
  };
}

/** The columns of the address that there are; none are named there while they are the usual ones. */
export function chosenColumns(columns: Columns, text: string): readonly string[] {
  const known = new Set<string>([...columns.results, ...columns.settings, ...columns.fields]);
  return text ? parseIds(text).filter((name) => known.has(name)) : columns.usual;
}

/** With one column more or less, as the address says it; null: the usual ones. */
export function toggledColumn(columns: Columns, chosen: readonly string[], name: string): string | null {
  const next = chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name];
  const isUsual = next.length === columns.usual.length && next.every((one) => columns.usual.includes(one));
  return isUsual || !next.length ? null : formatIds(next);
}

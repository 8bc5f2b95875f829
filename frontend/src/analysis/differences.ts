import type { RunSummary, Setting } from "../api/types";
import { areSame, textOf } from "./grouping";

export type Section = "settings" | "data" | "software" | "results";

export interface Difference {
  section: Section;
  name: string;
  values: (Setting | undefined)[];
  differs: boolean;
}

/** What two or more runs have in common and in what they differ, section by section. */
export function differences(runs: readonly RunSummary[]): Difference[] {
  const parts: [Section, (run: RunSummary) => Record<string, Setting | undefined>][] = [
    ["settings", (run) => run.settings ?? {}],
    ["data", (run) => ({ name: run.data?.name ?? null, fingerprint: run.data?.fingerprint ?? null, rows: rowsOf(run) })],
    ["software", (run) => ({ version: run.version ?? null, engine: run.engine ?? null })],
    ["results", (run) => ({ ...run.last, ...run.results, epochs: run.epochs ?? null, seconds: run.seconds ?? null })],
  ];
  return parts.flatMap(([section, read]) => {
    const found = runs.map(read);
    const names = [...new Set(found.flatMap(Object.keys))];
    return names.map((name) => {
      const values = found.map((values) => values[name]);
      return { section, name, values, differs: !values.every((value) => isSame(value, values[0], section)) };
    });
  });
}

/** Results alone are measured, and are the same in the figures shown; a setting is what it is. */
const isSame = (one: Setting | undefined, other: Setting | undefined, section: Section): boolean =>
  section === "results" && typeof one === "number" && typeof other === "number" ? areSame(one, other) : textOf(one) === textOf(other);

function rowsOf(run: RunSummary): Setting {
  const rows = run.data?.rows;
  if (rows === null || rows === undefined || typeof rows === "number") return rows ?? null;
  return Object.entries(rows).map(([part, count]) => `${part} ${count}`).join(", ");
}

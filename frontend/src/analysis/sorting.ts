import type { RunSummary, Setting } from "../api/types";
import { valueOf } from "./filter";

export interface Order {
  column: string;
  descending: boolean;
}

export const parseOrder = (text: string): Order => ({ column: text.replace(/^-/, ""), descending: text.startsWith("-") });
export const formatOrder = ({ column, descending }: Order): string => (descending ? `-${column}` : column);

/** Runs by a column; those that have no value there come last, whichever way it goes. */
export function sortRuns(runs: readonly RunSummary[], { column, descending }: Order): RunSummary[] {
  const sign = descending ? -1 : 1;
  return [...runs].sort((one, other) => {
    const [a, b] = [valueOf(one, column), valueOf(other, column)];
    if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b)) || byName(one, other);
    return sign * compareValues(a, b) || byName(one, other);
  });
}

const isMissing = (value: Setting | undefined): value is null | undefined =>
  value === undefined || value === null || (typeof value === "number" && Number.isNaN(value));

export function compareValues(a: Setting, b: Setting): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}

const byName = (one: RunSummary, other: RunSummary): number => collator.compare(one.name, other.name);

/** `run-10` comes after `run-9`. The language is given: browsers with a language that is none would fail here. */
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** A sign that training goes wrong, where, and the numbers that were seen; a note may do no harm. */
import type { Measurements } from "./measurements";

export interface Symptom {
  name: string;
  path: string | null;
  seen: Record<string, number | string>;
  level: "note" | "warning";
  /** Which units, where not all. */
  which?: string;
}

export type FindSymptoms = (measured: Measurements) => Symptom[];

export const warning = (name: string, path: string | null, seen: Symptom["seen"]): Symptom => ({ name, path, seen, level: "warning" });

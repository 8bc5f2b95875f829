/** What the questions that say why are answered with: docs/playground-protocol.md. */
import type { Light } from "../selection";

export interface DerivationStep {
  id: number;
  name: string;
  formula: string | null;
  numbers: string | null;
  symbols: Record<string, number | null>;
  terms: (number | null)[] | null;
  value: number | null;
  why: string;
  parts: number[];
}

export interface DerivationSection {
  name: "forward" | "backward" | "update" | "check";
  lead: string;
  note: string;
  steps: DerivationStep[];
}

export interface Derivation {
  subject: string;
  value: number | null;
  sections: DerivationSection[];
}

export interface Explained {
  target: string;
  examples: number;
  inputs: string[];
  derivation: Derivation;
  lights: Light[];
}

type Numbers = (number | null)[];
export type Nested = number | null | Nested[];

export type Stage =
  | { stage: "inputs"; path: "x"; outputs: Numbers }
  | { stage: "forward"; path: string; activation: string; pre_activations: Numbers; outputs: Numbers }
  | { stage: "loss"; outputs: Numbers; predictions: Numbers; targets: Numbers; loss: number | null }
  | { stage: "backward"; path: string; by_outputs: Numbers; deltas: Numbers; gradients: Record<string, Nested> }
  | { stage: "update"; rule: string[]; weights: Record<string, { before: Nested; gradient: Nested; after: Nested }>; loss_after: number | null };

export interface Stages {
  step: number;
  examples: number;
  learning_rate: number;
  taken: boolean;
  stages: Stage[];
}

export type Verdict = "right" | "kink" | "look closer" | "wrong";

export interface CheckRow {
  path: string;
  index: number[];
  backward: number | null;
  numerical: number | null;
  absolute: number | null;
  relative: number | null;
  verdict: Verdict;
}

export interface Checked {
  rows: CheckRow[];
  verdict: Verdict;
  checked: number;
  loss: number | null;
  step: number;
  examples: number;
}

export interface Surface {
  names: [string, string];
  explained: [number, number] | null;
  centre: [number, number];
  least: number | null;
  sharpness: number | null;
}

export interface RegionsLayer {
  path: string;
  units: number;
  activation: string;
  patterns: number;
  linear: boolean;
}

/** The numbers of nested lists with their places, in order. */
export function* entries(nested: Nested, index: number[] = []): Generator<[number[], number | null]> {
  if (Array.isArray(nested)) for (const [place, part] of nested.entries()) yield* entries(part, [...index, place]);
  else yield [index, nested];
}

export const entryAt = (nested: Nested, index: readonly number[]): number | null =>
  index.reduce<Nested>((part, place) => (Array.isArray(part) ? (part[place] ?? null) : null), nested) as number | null;

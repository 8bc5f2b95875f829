/** What of the network shown is pointed at, open in a number field, or open in the panel of a unit. */
import { signal } from "@preact/signals";
import type { Cell } from "./keyboard";
import { biasIndex, strongestPiece, weightIndex, writeTarget, type NetworkFrame } from "./numbers";
import type { Column } from "./columns";

/** A number of the network: the weight of a link, or the bias of a unit. */
export type Part = { kind: "link"; layer: number; from: number; to: number } | { kind: "bias"; layer: number; to: number };

export const pointed = signal<Part | null>(null);
export const opened = signal<Part | null>(null);
export const panel = signal<Cell | null>(null);

export function closeAll(): void {
  pointed.value = opened.value = panel.value = null;
}

/** A network that has shrunk: what is no longer there is neither pointed at nor open. */
export function forgetMissing(columns: readonly Column[]): void {
  const has = (layer: number, unit: number): boolean => unit < (columns[layer]?.units.length ?? 0);
  const isThere = (part: Part): boolean => has(part.layer, part.to) && (part.kind === "bias" || has(part.layer - 1, part.from));
  for (const part of [pointed, opened]) if (part.value && !isThere(part.value)) part.value = null;
  if (panel.value && !has(panel.value.layer, panel.value.unit)) panel.value = null;
}

/** Where a part is in the engine's arrays: `path` as the message `edit` has it. */
export interface Address {
  path: string;
  index: number[];
}

/** Null before the first frame, and where the network has no such part. `piece`: of maxout, the strongest unless told. */
export function addressOf(part: Part, columns: readonly Column[], frame: NetworkFrame | null, piece?: number): Address | null {
  const layer = columns[part.layer]?.path;
  if (!layer || part.to >= columns[part.layer]!.units.length) return null;
  const numbers = frame?.arrays.get(`param:${layer}/${part.kind === "link" ? "W" : "b"}`);
  if (!numbers) return null;
  if (part.kind === "bias") return { path: `${layer}/b`, index: biasIndex(numbers, part.to, piece) };
  const row = columns[part.layer - 1]?.units[part.from]?.row ?? null;
  if (row === null) return null;
  return { path: `${layer}/W`, index: weightIndex(numbers, row, part.to, piece ?? strongestPiece(numbers, row, part.to)) };
}

export function targetOf({ path, index }: Address): string {
  const [layer = "", leaf = null] = path.split("/");
  return writeTarget({ layer, leaf, index });
}

export const isSame = (one: Part | null, other: Part | null): boolean => JSON.stringify(one) === JSON.stringify(other);

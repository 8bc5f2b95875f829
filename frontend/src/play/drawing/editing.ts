/** Weights set by hand. */
import { frame, send } from "../session";
import { record } from "../undo";
import { at } from "./numbers";
import type { Address } from "./pointing";

/** The greatest number in size that the engine takes. */
export const MOST_WEIGHT = 1e6;

export const valueOf = (network: number, { path, index }: Address): number => {
  const numbers = frame.value?.networks[network]?.arrays.get(`param:${path}`);
  return numbers ? at(numbers, index) : NaN;
};

export const setWeight = (network: number, { path, index }: Address, value: number): void =>
  send({ type: "edit", network, path, index, value });

/** A number is kept: it can be undone from now on. */
export function recordEdit(network: number, address: Address, before: number, after: number): void {
  if (!Number.isFinite(before) || before === after) return;
  record({ undo: () => setWeight(network, address, before), redo: () => setWeight(network, address, after) });
}

/** What was typed as a number that the engine takes; null of what is none yet. */
export function readWeight(text: string): number | null {
  const value = Number(text.trim().replace(/,/, ".").replace(/−/g, "-"));
  return text.trim() !== "" && Number.isFinite(value) && Math.abs(value) <= MOST_WEIGHT ? value : null;
}

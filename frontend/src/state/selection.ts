import { computed } from "@preact/signals";
import { option, setOptions } from "./location";

/** The runs that are chosen, kept in the address: ids are quoted, for they may hold commas. */
export const MOST_CHOSEN = 50;

export const parseIds = (text: string): string[] => text.split(",").filter(Boolean).map(decodeURIComponent);
export const formatIds = (ids: readonly string[]): string => ids.map(encodeURIComponent).join(",");

export const chosenIds = computed<readonly string[]>(() => {
  try {
    return parseIds(option("chosen"));
  } catch {
    return [];
  }
});

export function choose(ids: readonly string[]): void {
  setOptions({ chosen: formatIds(ids.slice(0, MOST_CHOSEN)) }, "replace");
}

export function toggle(id: string): void {
  const ids = chosenIds.value;
  choose(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
}

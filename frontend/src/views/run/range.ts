import type { Range } from "../../components/lines";

/** The stretch of x that is zoomed to, as a word of the address. */
export const formatRange = ({ from, to }: Range): string => `${precise(from)}~${precise(to)}`;

export function parseRange(text: string): Range | null {
  const [from, to] = text.split("~").map(Number);
  return from !== undefined && to !== undefined && Number.isFinite(from) && Number.isFinite(to) && from < to ? { from, to } : null;
}

const precise = (value: number): string => String(Number(value.toPrecision(6)));

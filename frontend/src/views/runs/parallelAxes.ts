import type { RunSummary, Setting } from "../../api/types";
import { valueOf } from "../../analysis/filter";
import { textOf } from "../../analysis/grouping";
import { formatNumber } from "../../analysis/numbers";
import { compareValues } from "../../analysis/sorting";

export interface ParallelAxis {
  name: string;
  ticks: { label: string; at: number }[];
  /** Where a run crosses, from 0 (below) to 1; NaN where it has no value. */
  place(run: RunSummary): number;
}

const MOST_TICKS = 12;

/** An axis of numbers, by size where they are positive and far apart, or of words, evenly. */
export function parallelAxis(runs: readonly RunSummary[], name: string): ParallelAxis {
  const values = runs.map((run) => valueOf(run, name)).filter((value): value is Setting => value !== undefined && value !== null);
  const numbers = values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  return numbers.length === values.length && numbers.length > 0 ? numberAxis(name, numbers) : wordAxis(name, values);
}

function numberAxis(name: string, numbers: readonly number[]): ParallelAxis {
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
  const isLog = least > 0 && greatest / least > 30;
  const scale = isLog ? Math.log : (value: number) => value;
  const span = scale(greatest) - scale(least);
  const at = (value: number) => (span ? (scale(value) - scale(least)) / span : 0.5);
  const middle = isLog ? Math.sqrt(least * greatest) : (least + greatest) / 2;
  const ticks = span ? [least, middle, greatest] : [least];
  return {
    name,
    ticks: ticks.map((value) => ({ label: formatNumber(value), at: at(value) })),
    place: (run) => {
      const value = valueOf(run, name);
      return typeof value === "number" ? at(value) : NaN;
    },
  };
}

function wordAxis(name: string, values: readonly Setting[]): ParallelAxis {
  const words = [...new Map(values.map((value) => [textOf(value), value]))].sort((one, other) => compareValues(one[1], other[1])).map(([word]) => word);
  const at = (index: number) => (words.length > 1 ? index / (words.length - 1) : 0.5);
  return {
    name,
    ticks: words.length <= MOST_TICKS ? words.map((label, index) => ({ label, at: at(index) })) : [],
    place: (run) => {
      const index = words.indexOf(textOf(valueOf(run, name)));
      return index < 0 ? NaN : at(index);
    },
  };
}

/** A run as a line through the axes; a gap where it has no value. */
export function parallelPath(places: readonly number[], x: (axis: number) => number, y: (place: number) => number): string {
  let pen = "M";
  return places
    .map((place, axis) => {
      if (!Number.isFinite(place)) {
        pen = "M";
        return "";
      }
      const step = `${pen}${x(axis).toFixed(1)} ${y(place).toFixed(1)}`;
      pen = "L";
      return step;
    })
    .join("");
}

import type { RunEvent } from "../../api/types";
import { meanJump, smooth } from "../../analysis/smoothing";
import type { Line, Mark } from "../../components/lines";
import type { TableData } from "../../state/tables";

/** What the curves of a run are drawn from: pure functions from tables to lines. */
export type Axis = "step" | "epoch" | "seconds" | string;

export interface CurveOptions {
  axis: Axis;
  smoothing: number;
  batches: boolean;
  epochs: boolean;
}

export interface Labels {
  batches: string;
  batchesSmooth: string;
  epoch(part: string): string;
}

const PARTS = ["train/", "validation/", "test/"];
const baseOf = (column: string): string => PARTS.reduce((name, part) => (name.startsWith(part) ? name.slice(part.length) : name), column);

/** The metrics with a chart: the loss, the scores, then the learning rate and what the machine did. */
export function metricNames(epochs: TableData, steps: TableData): string[] {
  const names = new Set([...epochs.columns.keys(), ...steps.columns.keys()].map(baseOf));
  for (const axis of ["epoch", "step"]) names.delete(axis);
  const last = ["learning_rate", "seconds", "memory", "processor"];
  const rank = (name: string) => (name === "loss" ? -1 : last.indexOf(name) + 1 && 100 + last.indexOf(name));
  return [...names].sort((one, other) => rank(one) - rank(other) || one.localeCompare(other, "en"));
}

/** Where epochs end, in steps; without that column, as if all epochs had as many. */
export function epochSteps(epochs: TableData, steps: TableData): Float64Array {
  const epoch = epochs.columns.get("epoch") ?? new Float64Array();
  const known = epochs.columns.get("step");
  if (known?.some(Number.isFinite)) return known;
  // The step table may be ahead by part of an epoch, which does not count.
  const each = epoch.length ? Math.floor((steps.columns.get("step")?.at(-1) ?? 0) / epoch.at(-1)!) || 1 : 1;
  return epoch.map((number) => number * each);
}

export function elapsed(epochs: TableData): Float64Array {
  let sum = 0;
  return (epochs.columns.get("seconds") ?? new Float64Array()).map((seconds) => (sum += Number.isFinite(seconds) ? seconds : 0));
}

/** A place of one scale on another, both growing: straight between the points that are known. */
export function interpolate(x: number, from: ArrayLike<number>, to: ArrayLike<number>): number {
  const count = from.length;
  if (count === 0) return x;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from[middle]! < x) low = middle + 1;
    else high = middle;
  }
  const right = Math.min(low, count - 1);
  const [x0, y0] = right > 0 ? [from[right - 1]!, to[right - 1]!] : [0, 0];
  const [x1, y1] = [from[right]!, to[right]!];
  return x1 === x0 ? y1 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

export interface Axes {
  epochs: ArrayLike<number>;
  steps: ArrayLike<number>;
  ofStep(step: number): number;
  ofEpoch(epoch: number): number;
}

export function axes(epochs: TableData, steps: TableData, axis: Axis): Axes {
  const epoch = epochs.columns.get("epoch") ?? new Float64Array();
  const step = steps.columns.get("step") ?? new Float64Array();
  const ends = epochSteps(epochs, steps);
  const scale = axis === "step" ? ends : axis === "epoch" ? epoch : axis === "seconds" ? elapsed(epochs) : null;
  if (!scale) return { epochs: epochs.columns.get(axis) ?? epoch, steps: [], ofStep: () => NaN, ofEpoch: () => NaN };
  const ofStep = (at: number) => (axis === "step" ? at : interpolate(at, ends, scale));
  return { epochs: scale, steps: axis === "step" ? step : step.map(ofStep), ofStep, ofEpoch: (at) => interpolate(at, epoch, scale) };
}

export function curveLines(metric: string, epochs: TableData, steps: TableData, place: Axes, options: CurveOptions, labels: Labels): Line[] {
  const lines: Line[] = [];
  const batches = options.batches && place.steps.length ? steps.columns.get(metric) : undefined;
  const isMetric = !["step", "epoch", "seconds"].includes(options.axis);
  if (batches && metric !== "learning_rate") {
    lines.push({ key: "batches|raw", label: labels.batches, x: place.steps, y: batches, style: 6, behind: options.smoothing > 0 });
    if (options.smoothing > 0) {
      lines.push({ key: "batches", label: labels.batchesSmooth, x: place.steps, y: smooth(batches, options.smoothing), style: 6 });
    }
  } else if (batches) {
    lines.push({ key: "batches", label: labels.batches, x: place.steps, y: batches, style: 6 });
  }
  if (!options.epochs) return lines;
  [...epochs.columns.keys()]
    .filter((column) => baseOf(column) === metric && !(batches && column === "learning_rate"))
    .forEach((column) => {
      const part = column === metric ? "" : column.slice(0, -metric.length - 1);
      const style = { train: 0, validation: 1, test: 2 }[part] ?? 0;
      const ordered = isMetric ? byX(place.epochs, epochs.columns.get(column)!) : { x: place.epochs, y: epochs.columns.get(column)! };
      lines.push({ key: column, label: labels.epoch(part), ...ordered, style, points: isMetric });
    });
  return lines;
}

function byX(x: ArrayLike<number>, y: ArrayLike<number>): { x: number[]; y: number[] } {
  const order = Array.from(x, (_, index) => index).filter((index) => Number.isFinite(x[index])).sort((a, b) => x[a]! - x[b]!);
  return { x: order.map((index) => x[index]!), y: order.map((index) => y[index]!) };
}

/** A mean over about 3 % of the points, `1 - 2 / (window + 1)`: few batches need little smoothing, many need much. */
export const usualSmoothing = (points: number): number => Math.round(Math.min(1 - 2 / (Math.max(0.03 * points, 1) + 1), 0.97) * 100) / 100;

export interface Roughness {
  batches: number;
  epochs: number;
}

/** How much the loss jumps from batch to batch, and from epoch to epoch: batch curves jump, epoch curves are smooth. */
export function roughness(epochs: TableData, steps: TableData): Roughness | null {
  const [epoch, step] = [epochs.columns.get("train/loss"), steps.columns.get("loss")];
  if (!epoch || !step || epoch.length < 3 || step.length < 10 ) return null;
  return { batches: meanJump(step), epochs: meanJump(epoch) };
}

/** Events worth a mark on a curve; the best epoch only where it was last. */
export function marksOf(events: readonly RunEvent[], place: Axes, label: (event: RunEvent) => string): Mark[] {
  const kinds = ["best", "learning_rate", "epochs", "paused", "resumed", "note", "tag", "stop", "finding", "listener_failed"];
  const best = events.filter((event) => event.kind === "best").at(-1);
  const marks = events
    .filter((event) => kinds.includes(event.kind) && (event.kind !== "best" || event === best))
    .filter((event) => event.kind !== "learning_rate" || event.reason !== "repeat")
    .map((event) => ({
      x: event.step === undefined ? place.ofEpoch(event.epoch ?? 0) : place.ofStep(event.step),
      label: label(event),
      strong: STRONG.includes(event.kind),
    }))
    .filter((mark) => Number.isFinite(mark.x));
  return mergeMarks(marks).slice(-200);
}

const STRONG = ["best", "stop", "learning_rate"];

/** What happened at one place is one mark with all labels. */
function mergeMarks(marks: readonly Mark[]): Mark[] {
  const byPlace = new Map<number, Mark[]>();
  for (const mark of marks) byPlace.set(mark.x, [...(byPlace.get(mark.x) ?? []), mark]);
  return [...byPlace].map(([x, same]) => ({
    x,
    label: [...new Set(same.map(({ label }) => label))].join(" · "),
    strong: same.some(({ strong }) => strong),
  }));
}

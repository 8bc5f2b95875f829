import type { RunDetail } from "../../api/types";
import type { TableData } from "../../state/tables";

/** How far a training is within its epoch; what is not known yet is null. */
export interface Progress {
  /** Steps done of the epoch under way, of so many. */
  step: number;
  steps: number;
  secondsLeft: number | null;
  /** Examples trained on in a second. */
  pace: number | null;
}

const LAST_EPOCHS = 5;

/** From the steps and epochs recorded and the numbers a training began with; null before it said what these are. */
export function progressOf(run: RunDetail, epochs: TableData, steps: TableData, now: number): Progress | null {
  const began = run.events?.findLast(({ kind }) => kind === "started" || kind === "resumed");
  const { examples, batch_size: batch } = began ?? {};
  const ends = epochs.columns.get("step");
  const numbers = epochs.columns.get("epoch");
  const perEpoch = ends && numbers && ends.length > 1 ? (ends.at(-1)! - ends.at(-2)!) / (numbers.at(-1)! - numbers.at(-2)!) : examples && batch ? Math.ceil(examples / batch) : NaN;
  if (!began || !(perEpoch > 0)) return null;
  const epochEnd = ends?.at(-1) ?? 0;
  const last = Math.max(steps.columns.get("step")?.at(-1) ?? 0, epochEnd);
  const step = Math.min(last - epochEnd, perEpoch);
  const recent = Array.from(epochs.columns.get("seconds")?.slice(-LAST_EPOCHS) ?? []).filter(Number.isFinite);
  const since = now - (began.time ?? NaN);
  const rate = recent.length ? (perEpoch * recent.length) / recent.reduce((sum, one) => sum + one, 0) : (last - (began.step ?? 0)) / since;
  const isKnown = Number.isFinite(rate) && rate > 0;
  const left = (run.epochs_planned ?? NaN) * perEpoch - last;
  return {
    step,
    steps: perEpoch,
    secondsLeft: isKnown && left >= 0 ? left / rate : null,
    pace: isKnown && examples ? (rate * examples) / perEpoch : null,
  };
}

import type { RunSummary, Setting } from "../api/types";
import { valueOf } from "./filter";
import { compareValues } from "./sorting";
import { meanWithInterval, type Mean } from "./statistics";

export interface Group {
  value: string;
  runs: RunSummary[];
  mean: Mean;
}

/** Runs with the same value of a setting, and the mean of a metric over them: over seeds, when all else is equal. */
export function groupRuns(runs: readonly RunSummary[], setting: string, metric: string): Group[] {
  const members = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const value = textOf(valueOf(run, setting));
    members.set(value, [...(members.get(value) ?? []), run]);
  }
  return [...members]
    .map(([value, group]) => ({ value, runs: group, mean: meanWithInterval(group.map((run) => numberOf(run, metric))) }))
    .sort((one, other) => compareValues(asNumber(one.value), asNumber(other.value)));
}

export function numberOf(run: RunSummary, metric: string): number {
  const value = valueOf(run, metric);
  return typeof value === "number" ? value : NaN;
}

export const textOf = (value: Setting | undefined): string => (value === undefined || value === null ? "–" : String(value));

const asNumber = (text: string): Setting => (text !== "" && Number.isFinite(Number(text)) ? Number(text) : text);

/**
 * Settings that are not the same in all runs: those worth a column, a group, an axis. Those that some runs merely lack
 * come behind the others, and the seed last. A run that cannot be read has no settings to differ in.
 */
export function varyingSettings(all: readonly RunSummary[]): string[] {
  const runs = all.filter((run) => Object.keys(run.settings ?? {}).length);
  const seen = new Map<string, Set<string>>();
  for (const run of runs) {
    for (const [name, value] of Object.entries(run.settings ?? {})) {
      seen.set(name, (seen.get(name) ?? new Set()).add(textOf(value)));
    }
  }
  const withSetting = (name: string) => runs.filter((run) => run.settings?.[name] !== undefined).length;
  const names = [...seen].filter(([name, values]) => values.size > 1 || withSetting(name) < runs.length).map(([name]) => name);
  const rank = (name: string) => 2 * Number(name.endsWith("seed")) + Number(seen.get(name)!.size < 2);
  return names.sort((one, other) => rank(one) - rank(other));
}

/** Results and last metrics that any of the runs has: of validation first, by which runs are chosen; the main ones first. */
export function metricsOf(runs: readonly RunSummary[]): string[] {
  const names = new Set(runs.flatMap((run) => [...Object.keys(run.results ?? {}), ...Object.keys(run.last ?? {})]));
  const rank = (name: string) => ["validation/", "test/", "train/"].findIndex((part) => name.startsWith(part)) >>> 0;
  const main = (name: string) => ["accuracy", "r2", "rmse", "loss"].indexOf(name.slice(name.indexOf("/") + 1)) >>> 0;
  return [...names].sort((one, other) => rank(one) - rank(other) || main(one) - main(other) || compareValues(one, other));
}

/** What a metric of a run depends on beside the network: the data with its split and, of a loss, which loss it is. */
function groundOf(run: RunSummary, metric: string): string {
  const loss = Object.entries(run.settings ?? {}).filter(([name]) => /^loss(\.|$)/.test(name)).sort();
  return JSON.stringify([run.data?.fingerprint ?? null, /(^|\/)loss$/.test(metric) ? loss : null]);
}

export const isComparable = (one: RunSummary, other: RunSummary, metric: string): boolean => groundOf(one, metric) === groundOf(other, metric);

/** Whether groups of runs can be compared: each has runs on the same data. Splits differ by the seed, so a group has several. */
export function areGroupsComparable(groups: readonly Group[], metric: string): boolean {
  const grounds = groups.map(({ runs }) => [...new Set(runs.map((run) => groundOf(run, metric)))].sort().join());
  return new Set(grounds).size === 1;
}

/** Whether two numbers are the same in the four figures that are shown. */
export const areSame = (one: number, other: number): boolean => one === other || one.toPrecision(4) === other.toPrecision(4);

/** What a metric cannot be below: 0 of shares and of means of what has no sign; R², likelihoods and others have no such bound. */
export function lowerBound(metric: string, runs: readonly RunSummary[]): number {
  if (/(^|\/)loss$/.test(metric)) return runs.every((run) => NEVER_NEGATIVE.test(String(run.settings?.["loss.loss"] ?? run.settings?.["loss"] ?? ""))) ? 0 : -Infinity;
  return /(^|\/)(accuracy|error|mse|rmse|mae|median_error|brier|calibration_error|macro_f1|f1|precision|recall|roc_auc|seconds|memory|processor)$/.test(metric) ? 0 : -Infinity;
}

const NEVER_NEGATIVE = /^(HalfSquaredError|Hinge|Huber|MeanAbsoluteError|MeanSquaredError|SigmoidCrossEntropy|SoftmaxCrossEntropy)$/;

/** Whether more is better, as far as a name tells. */
export const higherIsBetter = (metric: string): boolean =>
  /accuracy|precision|recall|f1|auc|r2|kappa|score|correlation/i.test(metric);

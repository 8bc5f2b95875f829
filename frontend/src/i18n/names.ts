import { isKey, t } from ".";

/** Names that the records of a run use, in the reader's words. What a user named is shown as it is named. */
function worded(kind: string, name: string): string | null {
  const key = `${kind}.${name}`;
  return isKey(key) ? t(key) : null;
}

export const partName = (part: string): string => worded("part", part) ?? part;

/** A metric by its path: `rmse`, or `columns/OT/rmse`, which is that of one column. */
export function metricName(metric: string): string {
  const [last = "", ...above] = metric.split("/").reverse();
  const of = above.filter((name) => name !== "columns" && name !== "classes").reverse();
  return [worded("metric", last) ?? last.replaceAll("_", " "), ...of].join(", ");
}

/** A result with the part of the data it is of: "Test · F1, mean of classes". */
export function fullName(name: string): string {
  const [part = "", ...rest] = name.split("/");
  return rest.length && worded("part", part) ? `${capitalised(partName(part))} · ${metricName(rest.join("/"))}` : metricName(name);
}

export const statisticName = (name: string): string => worded("statistic", name) ?? name.replaceAll("_", " ");

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

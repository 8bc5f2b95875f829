import { t } from "../i18n";

/** Numbers as readers want them: four figures, no noise, powers of ten only for what is huge or tiny. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return minus(grouped(String(value)));
  if (size < 1e-4 || size >= 1e6) return minus(value.toExponential(2));
  if (size >= 1e4) return minus(grouped(String(Math.round(value))));
  const text = value.toPrecision(4);
  return minus(size < 10 && /\.0+$/.test(text) ? value.toFixed(4) : trimmed(text)); // 0.99999 is not the same as 1
}

/** Numbers on an axis, alike: of large ones in one unit, `0.5M`, `1M`; else with as many decimals as tell them apart. */
export function formatTicks(values: readonly number[]): string[] {
  const greatest = Math.max(...values.map(Math.abs));
  if (greatest >= 1e15 || (greatest > 0 && greatest < 1e-4)) return values.map(formatNumber);
  const power = greatest < 1e5 ? 0 : Math.floor(Math.log10(greatest) / 3);
  const scaled = values.map((value) => value / 1000 ** power);
  const apart = Math.min(...scaled.slice(1).map((value, index) => Math.abs(value - scaled[index]!)), Infinity);
  const near = Number.isFinite(apart) ? apart * 1e-3 : 1e-9;
  const places = Array.from({ length: 10 }, (_, decimals) => decimals);
  const decimals = places.find((decimals) => scaled.every((value) => Math.abs(Number(value.toFixed(decimals)) - value) < near)) ?? 10;
  return scaled.map((value) => minus(grouped(value.toFixed(decimals))) + (value ? ["", "k", "M", "G", "T"][power] : ""));
}

/** Ticks of a logarithmic axis are far apart: each by itself. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size < 1e5 || size >= 1e15) return formatNumber(value);
  const power = Math.floor(Math.log10(size) / 3);
  return minus(`${trimmed((value / 1000 ** power).toPrecision(4))}${["", "k", "M", "G", "T"][power]}`);
}

/** A metric's value in its own unit: memory in bytes. */
export const formatMetric = (name: string, value: number | null | undefined): string =>
  isBytes(name) && typeof value === "number" ? formatBytes(value) : formatNumber(value);

export const isBytes = (name: string): boolean => /(^|\/)memory$/.test(name);

export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return "–";
  if (Math.round(seconds) < 60) return t("duration.s", { s: seconds < 10 ? seconds.toFixed(1) : Math.round(seconds) });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t("duration.min", { min: minutes, s: Math.floor(seconds % 60) });
  if (minutes < 48 * 60) return t("duration.h", { h: Math.floor(minutes / 60), min: minutes % 60 });
  return t("duration.d", { d: Math.floor(minutes / 1440), h: Math.floor((minutes % 1440) / 60) });
}

export function formatBytes(bytes: number): string {
  const { unit, size } = unitOfBytes(bytes);
  return `${trimmed((bytes / size).toPrecision(3))} ${unit}`;
}

/** The largest unit that is no larger than these bytes, and its size. */
export function unitOfBytes(bytes: number): { unit: string; size: number } {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(Math.floor(Math.log2(Math.max(Math.abs(bytes), 1)) / 10), units.length - 1);
  return { unit: units[power]!, size: 1024 ** power };
}

function grouped(digits: string): string {
  const sign = digits.startsWith("-") ? "-" : "";
  const [whole = "", ...rest] = digits.slice(sign.length).split(".");
  return [sign + (whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",")), ...rest].join(".");
}

const minus = (text: string): string => text.replace(/^-/, "−").replace("e-", "e−").replace("e+", "e");

const trimmed = (text: string): string => (text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text);

/** Numbers as readers want them: four figures, no noise, the same width in a column. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return minus(grouped(String(value)));
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return minus(value.toExponential(2));
  return minus(trimmed(value.toPrecision(4)));
}

/** A number on an axis: large ones short, `440M`. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size < 1e5 || size >= 1e15) return formatNumber(value);
  const power = Math.floor(Math.log10(size) / 3);
  return minus(`${trimmed((value / 1000 ** power).toPrecision(4))}${["", "k", "M", "G", "T"][power]}`);
}

export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return "–";
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return `${trimmed((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}

function grouped(digits: string): string {
  const sign = digits.startsWith("-") ? "-" : "";
  const body = digits.slice(sign.length);
  return body.length < 5 ? digits : sign + body.replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

const minus = (text: string): string => text.replace(/^-/, "−").replace("e-", "e−").replace("e+", "e");

const trimmed = (text: string): string => (text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text);

/** Values as Python writes them. */

/** As `repr` writes a float. */
export function float(number: number): string {
  if (Number.isNaN(number)) return "nan";
  if (!Number.isFinite(number)) return number > 0 ? "inf" : "-inf";
  if (Object.is(number, -0)) return "-0.0";
  const [digits, exponent = "0"] = number.toExponential().split("e") as [string, string?];
  const power = Number(exponent);
  if (number !== 0 && (power < -4 || power >= 16)) {
    return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  const text = String(number);
  const plain = text.includes("e") ? number.toFixed(-power + digits.replace(/^-?\d\.?/, "").length) : text;
  return plain.includes(".") ? plain : `${plain}.0`;
}

/** Lists in lists of floats, as `repr` writes them. */
export const list = (value: unknown): string => (Array.isArray(value) ? `[${value.map(list).join(", ")}]` : float(value as number));

/** As `repr` writes a text. */
export function text(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

/** A call with what is not undefined. */
export const call = (name: string, fields: Record<string, string | undefined>): string => {
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return `${name}(${given.map(([field, value]) => `${field}=${value}`).join(", ")})`;
};

/** The page asks for the numbers of a derivation, one after another. */
import type { Derivation, DerivationStep } from "./answers";

export type Judgement = "right" | "wrong" | "sign" | "vague" | "unclear";

/** Each number that has a formula once, those that others need first; without the check. */
export function questionsOf({ sections }: Derivation): DerivationStep[] {
  const seen = new Set<string>();
  return sections
    .filter(({ name }) => name !== "check")
    .flatMap(({ steps }) => steps)
    .filter(({ name, formula, value }) => {
      const key = `${name} ${value}`;
      if (formula === null || value === null || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** Any rounding to two significant digits or more is right; numbers in the formula were shown with four. */
export function judge(text: string, value: number): Judgement {
  const plain = text.trim().replace(/−/g, "-").replace(",", ".").replace(/\s/g, "");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?$/i.test(plain)) return "unclear";
  const given = Number(plain);
  if (agrees(plain, given, value)) return significant(plain) >= 2 || given === value ? "right" : "vague";
  return given !== 0 && agrees(plain, -given, value) ? "sign" : "wrong";
}

/** Digits from the first that is not 0. */
function significant(plain: string): number {
  const digits = plain.replace(/e.*$/i, "").replace(/[-+.]/g, "").replace(/^0+/, "");
  return digits.length;
}

/** Within half a unit of the last digit given; what is worked out with four digits may be off by two in the fourth. */
function agrees(plain: string, given: number, value: number): boolean {
  const [mantissa = "", exponent = "0"] = plain.toLowerCase().split("e");
  const decimals = mantissa.split(".")[1]?.length ?? 0;
  const unit = 10 ** (Number(exponent) - decimals);
  return Math.abs(given - value) <= 0.5000001 * unit + 2e-3 * Math.abs(value) * (significant(plain) > 2 ? 1 : 0);
}

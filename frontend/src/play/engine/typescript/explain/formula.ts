/** Formulas as texts: with the names of numbers, and with the numbers in their place. */

export interface Named {
  name: string;
  value: number;
}

export interface Formula {
  parts: readonly (string | Named)[];
  /** What is added up, if it is a sum. */
  terms: readonly number[] | null;
}

export const named = (name: string, value: number): Named => ({ name, value });

/** A formula of words, numbers that have a name, and formulas, as they stand. */
export function formula(words: TemplateStringsArray, ...filled: (Named | Formula)[]): Formula {
  const parts = words.flatMap((word, i) => {
    const part = filled[i];
    return [word, ...(part === undefined ? [] : "parts" in part ? part.parts : [part])];
  });
  return { parts: parts.filter((part) => part !== ""), terms: null };
}

export const sum = (terms: readonly { formula: Formula; value: number }[], joint = " + "): Formula => ({
  parts: terms.flatMap(({ formula: { parts } }, i) => (i > 0 ? [joint, ...parts] : parts)),
  terms: terms.length > 1 ? terms.map(({ value }) => value) : terms[0]!.formula.terms,
});

export const withTerms = (one: Formula, ...terms: number[]): Formula => ({ ...one, terms });

/** A number without a name, as it stands. */
export const literal = (number: number): Formula => ({ parts: [String(number)], terms: null });

export const divided = (one: Formula, by: number): Formula => formula`(${one}) / ${literal(by)}`;

export const symbols = ({ parts }: Formula): Named[] => parts.filter((part): part is Named => typeof part !== "string");

export const text = ({ parts }: Formula): string => parts.map((part) => (typeof part === "string" ? part : part.name)).join("");

/** Negative numbers stand in brackets, but where they are all of an argument. */
export function numbers({ parts }: Formula): string {
  return parts.map((part, i) => {
    if (typeof part === "string") return part;
    const written = figures(part.value);
    const before = parts[i - 1];
    const after = parts[i + 1];
    const isArgument = typeof before === "string" && /[a-z]\($|, $/.test(before) && typeof after === "string" && /^[),]/.test(after);
    return written.startsWith("-") && !isArgument ? `(${written})` : written;
  }).join("");
}

/** All digits of a number; whole ones without a point. */
function figures(value: number): string {
  const shown = String(value);
  return shown.includes("e") ? shown.replace(/e([+-])(\d)$/, "e$10$2") : shown;
}

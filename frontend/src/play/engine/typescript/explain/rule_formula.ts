/** Lines of a rule, `m = beta1 * m + (1 - beta1) * g`: what is right of the sign as a formula, and what it comes to. */
import { named, type Formula, type Named } from "./formula";

const NAME = /[a-z_][a-z_0-9]*(?!\w*\()/gi;

/** A line of a rule as a formula: its names are numbers. */
export function parse(expression: string, values: Record<string, number>): Formula {
  const shown = expression.replaceAll(" ** ", "^").replaceAll("maximum(", "max(");
  const parts: (string | Named)[] = [];
  let from = 0;
  for (const match of shown.matchAll(NAME)) {
    if (shown[match.index + match[0].length] === "(" || !(match[0] in values)) continue;
    parts.push(shown.slice(from, match.index), named(match[0], values[match[0]]!));
    from = match.index + match[0].length;
  }
  parts.push(shown.slice(from));
  return { parts: parts.filter((part) => part !== ""), terms: termsOf(expression, values) };
}

/** What a sum adds up; null where the line is none. */
function termsOf(expression: string, values: Record<string, number>): number[] | null {
  const terms: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < expression.length; i++) {
    if (expression[i] === "(") depth++;
    if (expression[i] === ")") depth--;
    if (depth === 0 && (expression.startsWith(" + ", i) || expression.startsWith(" - ", i))) {
      terms.push(expression.slice(from, i));
      from = i + 1;
    }
  }
  terms.push(expression.slice(from));
  return terms.length < 2 ? null : terms.map((term) => (term.startsWith("- ") ? -work(term.slice(2), values) : work(term.replace(/^\+ /, ""), values)));
}

const FUNCTIONS: Record<string, (...given: number[]) => number> = {
  sqrt: (x) => Math.sqrt(x!), abs: (x) => Math.abs(x!), sign: (x) => Math.sign(x!), maximum: Math.max,
};

/** What a line of a rule comes to: sums of products and quotients of numbers, powers, brackets and four functions. */
export function work(expression: string, values: Record<string, number>): number {
  const tokens = expression.match(/\*\*|[a-z_][a-z_0-9]*|\d+(?:\.\d+)?|[-+*/(),]/gi) ?? [];
  let at = 0;
  const bracket = (): number[] => {
    const given = [added()];
    while (tokens[at++] === ",") given.push(added());
    return given;
  };
  const single = (): number => {
    const token = tokens[at++]!;
    if (token === "(") return bracket()[0]!;
    if (tokens[at] !== "(") return /^\d/.test(token) ? Number(token) : values[token]!;
    at++;
    return FUNCTIONS[token]!(...bracket());
  };
  const factor = (): number => {
    const value = single();
    if (tokens[at] !== "**") return value;
    at++;
    return value ** factor();
  };
  const product = (): number => {
    let value = factor();
    while (tokens[at] === "*" || tokens[at] === "/") value = tokens[at++] === "*" ? value * factor() : value / factor();
    return value;
  };
  const added = (): number => {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "-") value = tokens[at++] === "+" ? value + product() : value - product();
    return value;
  };
  return added();
}

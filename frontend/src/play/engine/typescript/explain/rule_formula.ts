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
export const work = (expression: string, values: Record<string, number>): number => new Calculation(expression, values).sum();

class Calculation {
  private readonly tokens: string[];
  private at = 0;

  constructor(expression: string, private readonly values: Record<string, number>) {
    this.tokens = expression.match(/\*\*|[a-z_][a-z_0-9]*|\d+(?:\.\d+)?|[-+*/(),]/gi) ?? [];
  }

  sum(): number {
    let value = this.product();
    while (this.isAt("+") || this.isAt("-")) value = this.take() === "+" ? value + this.product() : value - this.product();
    return value;
  }

  private product(): number {
    let value = this.power();
    while (this.isAt("*") || this.isAt("/")) value = this.take() === "*" ? value * this.power() : value / this.power();
    return value;
  }

  private power(): number {
    const value = this.single();
    if (!this.isAt("**")) return value;
    this.take();
    return value ** this.power();
  }

  private single(): number {
    const token = this.take();
    if (token === "(") return this.bracket()[0]!;
    if (!this.isAt("(")) return /^\d/.test(token) ? Number(token) : this.values[token]!;
    this.take();
    return FUNCTIONS[token]!(...this.bracket());
  }

  /** What stands between commas, up to the closing bracket. */
  private bracket(): number[] {
    const given = [this.sum()];
    while (this.take() === ",") given.push(this.sum());
    return given;
  }

  private isAt(token: string): boolean {
    return this.tokens[this.at] === token;
  }

  private take(): string {
    return this.tokens[this.at++]!;
  }
}

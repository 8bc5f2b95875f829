import type { RunSummary, Setting } from "../api/types";
import { nearest } from "./nearest";

/**
 * The conditions of `pellucid runs --where`: comparisons (`=`, `!=`, `<`, `<=`, `>`, `>=`, and `~` for "contains"), `and`,
 * `or`, `not`, parentheses; quotes around what has spaces. Here a word by itself is looked for in a run's name, state, task,
 * data and tags, what stands side by side must all hold, and what is not yet typed in full finds nothing.
 */
export type Condition = (run: RunSummary) => boolean;

const SIGNS = ["==", "<=", ">=", "!=", "<", ">", "=", "~"] as const;
type Sign = (typeof SIGNS)[number];

export function makeFilter(query: string): Condition {
  const tokens = tokensOf(query);
  return tokens.length ? new Parser(tokens).alternatives() : () => true;
}

const tokensOf = (query: string): string[] => query.match(/"[^"]*"?|'[^']*'?|==|<=|>=|!=|[<>=~()]|[^\s<>=!~()"']+|!/g) ?? [];

export interface FilterFault {
  kind: "unknown" | "incomplete";
  name: string;
  /** Fields that are named alike. */
  near: string[];
}

/** Why a filter cannot find what it asks for: a field that no run has, or a comparison without its value. */
export function filterFault(query: string, runs: readonly RunSummary[]): FilterFault | null {
  const tokens = tokensOf(query);
  if (!tokens.length) return null;
  const parser = new Parser(tokens);
  parser.alternatives();
  const unknown = parser.asked.find((name) => runs.length > 0 && runs.every((run) => valueOf(run, name) === undefined));
  if (unknown !== undefined) return { kind: "unknown", name: unknown, near: nearest(unknown, fieldNames(runs)) };
  return parser.incomplete === null ? null : { kind: "incomplete", name: parser.incomplete, near: [] };
}

const FIELDS = ["id", "name", "status", "task", "started", "seconds", "epochs", "engine", "version", "data", "folder", "tags"];

/** All that a run can be asked for, also by the end of its name. */
function fieldNames(runs: readonly RunSummary[]): string[] {
  const full = runs.flatMap((run) => [run.results, run.last, run.settings].flatMap((values) => Object.keys(values ?? {})));
  return [...new Set([...FIELDS, ...full.flatMap((name) => [name, name.replace(/^(validation|train)\//, "")])])];
}

class Parser {
  /** The fields that are compared. */
  readonly asked: string[] = [];
  /** A field with a sign behind it, and no value. */
  incomplete: string | null = null;
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  alternatives(): Condition {
    const parts = [this.conjunction()];
    while (this.take("or")) parts.push(this.conjunction());
    return (run) => parts.some((holds) => holds(run));
  }

  private conjunction(): Condition {
    const parts: Condition[] = [];
    while (this.at < this.tokens.length && !this.isNext("or") && !this.isNext(")")) {
      if (!this.take("and")) parts.push(this.term());
    }
    return (run) => parts.every((holds) => holds(run));
  }

  private term(): Condition {
    if (this.take("not")) {
      if (this.at >= this.tokens.length) return () => false;
      const holds = this.term();
      return (run) => !holds(run);
    }
    if (this.take("(")) {
      const holds = this.alternatives();
      this.take(")");
      return holds;
    }
    const word = unquoted(this.tokens[this.at++]!);
    const sign = SIGNS.find((one) => this.isNext(one));
    if (!sign) return (run) => wordsOf(run).includes(word.toLowerCase());
    this.at++;
    const value = this.tokens[this.at++];
    this.asked.push(word);
    if (value === undefined) this.incomplete = word;
    return value === undefined ? () => false : (run) => compare(valueOf(run, word), sign, unquoted(value));
  }

  private isNext(token: string): boolean {
    return this.tokens[this.at] === token;
  }

  private take(token: string): boolean {
    if (!this.isNext(token)) return false;
    this.at++;
    return true;
  }
}

const unquoted = (token: string): string => token.replace(/^["']|["']$/g, "");

const wordsOf = (run: RunSummary): string =>
  [run.name, run.id, run.task, run.status, run.data?.name, ...(run.tags ?? [])].join(" ").toLowerCase();

function compare(value: Setting | undefined, sign: Sign, text: string): boolean {
  if (value === undefined || value === null) return false;
  if (sign === "~") return String(value).toLowerCase().includes(text.toLowerCase());
  const number = Number(text);
  if (typeof value === "number" && text !== "" && !Number.isNaN(number)) {
    if (sign === "<") return value < number;
    if (sign === "<=") return value <= number;
    if (sign === ">") return value > number;
    if (sign === ">=") return value >= number;
    return (value === number) === (sign !== "!=");
  }
  if (!sign.endsWith("=") || sign === "<=" || sign === ">=") return false;
  return (String(value).toLowerCase() === text.toLowerCase()) === (sign !== "!=");
}

/**
 * Anything of a run by its name or the end of it: a field, a result, a setting, a last metric. A result without its part
 * is that of validation: runs are not chosen by the test part unless it is named.
 */
export function valueOf(run: RunSummary, name: string): Setting | undefined {
  const own = fieldOf(run, name);
  if (own !== undefined) return own;
  const places = [run.results, run.last, run.settings] as (Record<string, Setting | undefined> | undefined)[];
  for (const full of [name, `validation/${name}`, `train/${name}`]) {
    for (const values of places) if (values?.[full] !== undefined) return values[full];
  }
  const key = Object.keys(run.settings ?? {}).find((one) => one.endsWith(`.${name}`));
  return key === undefined ? undefined : run.settings[key];
}

function fieldOf(run: RunSummary, name: string): Setting | undefined {
  switch (name) {
    case "id":
    case "name":
    case "status":
      return run[name];
    case "task":
    case "started":
    case "seconds":
    case "epochs":
    case "engine":
    case "version":
      return run[name] ?? null;
    case "data":
      return run.data?.name ?? null;
    case "folder":
      return run.id.includes("/") ? run.id.slice(0, run.id.lastIndexOf("/")) : null;
    case "tags":
      return (run.tags ?? []).join(" ");
    default:
      return undefined;
  }
}

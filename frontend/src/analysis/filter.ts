import type { RunSummary, Setting } from "../api/types";

/**
 * A search for runs: words that a run's name, task, status or tags contain, and conditions such as `accuracy>.9`,
 * `optimizer=adam`, `learning_rate<=0.01`. All must hold. A name may be shortened to its end: `accuracy` finds
 * `test/accuracy`.
 */
export function makeFilter(query: string): (run: RunSummary) => boolean {
  const terms = (query.match(/"[^"]*"|\S+/g) ?? []).map((term) => condition(term.replace(/^"|"$/g, "")));
  return (run) => terms.every((holds) => holds(run));
}

function condition(term: string): (run: RunSummary) => boolean {
  const parts = /^([^<>=!:]+)(<=|>=|!=|<|>|=|:)(.*)$/.exec(term);
  if (!parts) {
    const word = term.toLowerCase();
    return (run) => wordsOf(run).includes(word);
  }
  const [, name = "", sign = "", text = ""] = parts;
  return (run) => compare(valueOf(run, name), sign, text);
}

const wordsOf = (run: RunSummary): string =>
  [run.name, run.id, run.task, run.status, run.data?.name, ...(run.tags ?? [])].join(" ").toLowerCase();

function compare(value: Setting | undefined, sign: string, text: string): boolean {
  if (value === undefined || value === null) return false;
  if (sign === ":") return String(value).toLowerCase().includes(text.toLowerCase());
  const number = Number(text);
  if (typeof value === "number" && text !== "" && !Number.isNaN(number)) {
    if (sign === "<") return value < number;
    if (sign === "<=") return value <= number;
    if (sign === ">") return value > number;
    if (sign === ">=") return value >= number;
    return (value === number) === (sign === "=");
  }
  if (sign !== "=" && sign !== "!=") return false;
  return (String(value).toLowerCase() === text.toLowerCase()) === (sign === "=");
}

/** Anything of a run by its name or the end of it: a field, a setting, a result, a last metric. */
export function valueOf(run: RunSummary, name: string): Setting | undefined {
  const own = fieldOf(run, name);
  if (own !== undefined) return own;
  for (const values of [run.settings, run.results, run.last] as Record<string, Setting | undefined>[]) {
    if (values?.[name] !== undefined) return values[name];
  }
  for (const values of [run.results, run.last, run.settings] as Record<string, Setting | undefined>[]) {
    const full = Object.keys(values ?? {}).find((key) => key.endsWith(`/${name}`) || key.endsWith(`.${name}`));
    if (full) return values[full];
  }
  return undefined;
}

function fieldOf(run: RunSummary, name: string): Setting | undefined {
  switch (name) {
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
    case "tag":
      return (run.tags ?? []).join(" ");
    default:
      return undefined;
  }
}

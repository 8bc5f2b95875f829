/** From the gradient of a weight to the weight after the step, as `pellucid/derivation/update` writes it. */
import type { NamedArray } from "../network";
import type { Subject } from "../questions/subject";
import { float } from "../export/python";
import { RULES } from "../rules";
import { addPenalty, clipByNorm, update } from "../update";
import { formula, named, sum, withTerms, type Formula, type Named } from "./formula";
import type { Place } from "./place";
import type { Step, Steps } from "./steps";

const GRADIENTS = "all gradients are those of the old weights";

export function updateSteps(subject: Subject, place: Place, gradients: Float64Array, steps: Steps): Step[] {
  const { network: { layers, state }, w } = subject;
  const array = layers.arrays.find(({ path }) => path === `${layers.layers[place.layer]!.path}/${place.leaf}`)!;
  const at = array.at + place.index.reduce((sofar, i, axis) => sofar * array.shape[axis]! + i, 0);
  const g = gradients.slice();
  const found: Step[] = [];
  if (state.penalty !== "none" && state.penalty_rate) found.push(penaltyStep(subject, place, array, at, g, steps));
  if (state.clip_norm !== null) found.push(...clipSteps(subject, at, g, steps, found.length > 0 ? "g" : `∂E/∂${place.name}`));
  found.push(...ruleSteps(subject, place, at, g[at]!, steps));
  return [...found, ...lossSteps(subject, gradients, w, steps)];
}

function penaltyStep({ network: { layers, state }, w }: Subject, place: Place, { path }: NamedArray, at: number, g: Float64Array, steps: Steps): Step {
  const rate = named(state.penalty, state.penalty_rate);
  const own = named(`∂E/∂${place.name}`, g[at]!);
  const weight = named("w", w[at]!);
  const before = g[at]!;
  addPenalty(w, g, layers.arrays, state);
  const kind = `${state.penalty.toUpperCase()}(${float(state.penalty_rate)})`;
  const isCharged = path.endsWith("/W");
  const pull = state.penalty === "l1" ? formula`${rate} * sign(${weight})` : formula`${rate} * ${weight}`;
  const whole = isCharged ? sum([{ formula: formula`${own}`, value: before }, { formula: pull, value: g[at]! - before }]) : formula`${own}`;
  const why = isCharged ? `${kind} is added to the loss, and its slope, a pull towards 0, to the gradient` : `${kind} does not charge this weight`;
  return steps.add("g with penalty", whole, g[at]!, why);
}

function clipSteps({ network: { layers, state } }: Subject, at: number, g: Float64Array, steps: Steps, called: string): Step[] {
  const lengths = layers.arrays.map(({ path, at: from, size }) => named(`||g of ${path}||`, Math.hypot(...g.subarray(from, from + size))));
  const norm = named("||g||", Math.hypot(...lengths.map(({ value }) => value)));
  const squares = sum(lengths.map((length) => ({ formula: formula`${length}^2`, value: length.value ** 2 })));
  const why = `the length of the gradient by all ${g.length} weights, from those of the single arrays`;
  const length = steps.add(norm.name, formula`sqrt(${squares})`, norm.value, why);
  const own = named(called, g[at]!);
  clipByNorm(g, state.clip_norm!);
  const kind = `ClipByNorm(${float(state.clip_norm!)})`;
  if (norm.value <= state.clip_norm!) return [length, steps.add("g clipped", formula`${own}`, g[at]!, `${kind}: the gradient is short enough`)];
  const shrunk = formula`${own} * (${named("max_norm", state.clip_norm!)} / ${norm})`;
  return [length, steps.add("g clipped", shrunk, g[at]!, `${kind}: all gradients shrink alike`)];
}

/** The rule's formula, line by line. */
function ruleSteps({ network: { state }, training, w }: Subject, place: Place, at: number, g: number, steps: Steps): Step[] {
  const rule = RULES[state.optimizer];
  const slots = Object.fromEntries(rule.slots.map((slot, i) => [slot, training.now.slots[i]![at]!]));
  const momentum = { momentum: state.momentum };
  const values: Record<string, number> = { ...momentum, ...rule.numbers, ...slots, w: w[at]!, g, learning_rate: training.rate, t: training.now.step + 1 };
  const lastOfW = rule.formula.findLastIndex((line) => line.startsWith("w = "));
  steps.rename(`∂E/∂${place.name}`, "g");
  return rule.formula.map((line, i) => {
    const [name, expression] = line.split(" = ", 2) as [string, string];
    const [written, value] = [parse(expression, values), work(expression, values)];
    values[name] = value;
    return steps.add(i === lastOfW ? `${place.name} after the step` : name, written, value, `${rule.name}: ${line}`);
  });
}

const NAME = /[a-z_][a-z_0-9]*(?!\w*\()/gi;

/** A line of a rule as a formula: its names are numbers. */
function parse(expression: string, values: Record<string, number>): Formula {
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
function work(expression: string, values: Record<string, number>): number {
  const tokens = expression.match(/\*\*|[a-z_][a-z_0-9]*|\d+(?:\.\d+)?|[-+*/(),]/gi) ?? [];
  let at = 0;
  const factor = (): number => {
    const token = tokens[at++]!;
    let value: number;
    if (token === "(") {
      value = added();
      at++;
    } else if (tokens[at] === "(") {
      at++;
      const given = [added()];
      while (tokens[at++] === ",") given.push(added());
      value = FUNCTIONS[token]!(...given);
    } else value = /^\d/.test(token) ? Number(token) : values[token]!;
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

function lossSteps(subject: Subject, gradients: Float64Array, w: Float64Array, steps: Steps): Step[] {
  const { network: { layers, state }, training } = subject;
  const moved = w.slice();
  const slots = training.now.slots.map((slot) => slot.slice());
  update(moved, gradients.slice(), slots, layers.arrays, state, training.rate, training.now.step + 1);
  const [before, after] = [named("E before", subject.loss(w)), named("E after", subject.loss(moved))];
  const change = after.value - before.value;
  const went = change < 0 ? "fell" : change > 0 ? "rose" : "stayed";
  return [
    steps.add(before.name, null, before.value, "the loss with the old weights"),
    steps.add(after.name, null, after.value, `the whole network again, after every weight has taken its step; ${GRADIENTS}`),
    steps.add("change", withTerms(formula`${after} - ${before}`, after.value, -before.value), change, `the loss ${went}`),
  ];
}

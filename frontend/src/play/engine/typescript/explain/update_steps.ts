/** From the gradient of a weight to the weight after the step, as `pellucid/derivation/update` writes it. */
import type { Subject } from "../questions/subject";
import { clip, penalty } from "../export/model";
import { RULES } from "../rules";
import { nextUpdate } from "../questions/stages";
import { addPenalty, clipByNorm } from "../update";
import { formula, named, sum, withTerms } from "./formula";
import type { Place } from "./place";
import { parse, work } from "./rule_formula";
import type { Step, Steps } from "./steps";

const GRADIENTS = "all gradients are those of the old weights";

export function updateSteps(subject: Subject, place: Place, gradients: Float64Array, steps: Steps): Step[] {
  const { state } = subject.network;
  const g = gradients.slice();
  const found: Step[] = [];
  if (state.penalty !== "none" && state.penalty_rate) found.push(penaltyStep(subject, place, g, steps));
  if (state.clip_norm !== null) found.push(...clipSteps(subject, place, g, steps, found.length > 0 ? "g" : `∂E/∂${place.name}`));
  found.push(...ruleSteps(subject, place, g[place.at]!, steps));
  return [...found, ...lossSteps(subject, gradients, steps)];
}

function penaltyStep({ network: { layers, state }, w }: Subject, { name, leaf, at }: Place, g: Float64Array, steps: Steps): Step {
  const rate = named(state.penalty, state.penalty_rate);
  const own = named(`∂E/∂${name}`, g[at]!);
  const weight = named("w", w[at]!);
  const before = g[at]!;
  addPenalty(w, g, layers.arrays, state);
  const kind = penalty(state);
  const isCharged = leaf === "W";
  const pull = state.penalty === "l1" ? formula`${rate} * sign(${weight})` : formula`${rate} * ${weight}`;
  const whole = isCharged ? sum([{ formula: formula`${own}`, value: before }, { formula: pull, value: g[at]! - before }]) : formula`${own}`;
  const why = isCharged ? `${kind} is added to the loss, and its slope, a pull towards 0, to the gradient` : `${kind} does not charge this weight`;
  return steps.add("g with penalty", whole, g[at]!, why);
}

function clipSteps({ network: { layers, state } }: Subject, { at }: Place, g: Float64Array, steps: Steps, called: string): Step[] {
  const lengths = layers.arrays.map(({ path, at: from, size }) => named(`||g of ${path}||`, Math.hypot(...g.subarray(from, from + size))));
  const norm = named("||g||", Math.hypot(...lengths.map(({ value }) => value)));
  const squares = sum(lengths.map((length) => ({ formula: formula`${length}^2`, value: length.value ** 2 })));
  const why = `the length of the gradient by all ${g.length} weights, from those of the single arrays`;
  const length = steps.add(norm.name, formula`sqrt(${squares})`, norm.value, why);
  const own = named(called, g[at]!);
  clipByNorm(g, state.clip_norm!);
  const kind = clip(state.clip_norm!);
  if (norm.value <= state.clip_norm!) return [length, steps.add("g clipped", formula`${own}`, g[at]!, `${kind}: the gradient is short enough`)];
  const shrunk = formula`${own} * (${named("max_norm", state.clip_norm!)} / ${norm})`;
  return [length, steps.add("g clipped", shrunk, g[at]!, `${kind}: all gradients shrink alike`)];
}

/** The rule's formula, line by line. */
function ruleSteps({ network: { state }, training, w }: Subject, { name: weight, at }: Place, g: number, steps: Steps): Step[] {
  const rule = RULES[state.optimizer];
  const slots = Object.fromEntries(rule.slots.map((slot, i) => [slot, training.now.slots[i]![at]!]));
  const momentum = { momentum: state.momentum };
  const values: Record<string, number> = { ...momentum, ...rule.numbers, ...slots, w: w[at]!, g, learning_rate: training.rate, t: training.now.step + 1 };
  const lastOfW = rule.formula.findLastIndex((line) => line.startsWith("w = "));
  steps.rename(`∂E/∂${weight}`, "g");
  return rule.formula.map((line, i) => {
    const [name, expression] = line.split(" = ", 2) as [string, string];
    const [written, value] = [parse(expression, values), work(expression, values)];
    values[name] = value;
    return steps.add(i === lastOfW ? `${weight} after the step` : name, written, value, `${rule.name}: ${line}`);
  });
}

function lossSteps(subject: Subject, gradients: Float64Array, steps: Steps): Step[] {
  const { after: moved } = nextUpdate(subject, gradients);
  const [before, after] = [named("E before", subject.loss(subject.w)), named("E after", subject.loss(moved))];
  const change = after.value - before.value;
  const went = change < 0 ? "fell" : change > 0 ? "rose" : "stayed";
  return [
    steps.add(before.name, null, before.value, "the loss with the old weights"),
    steps.add(after.name, null, after.value, `the whole network again, after every weight has taken its step; ${GRADIENTS}`),
    steps.add("change", withTerms(formula`${after} - ${before}`, after.value, -before.value), change, `the loss ${went}`),
  ];
}

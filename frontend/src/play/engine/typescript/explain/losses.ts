/** Losses as formulas, as `pellucid/derivation/rules/losses` writes them. */
import type { Objective } from "../objective";
import { divided, formula, literal, named, sum, withTerms, type Formula, type Named } from "./formula";

/** The outputs of one example, with what they are called; `inside` names what is worked out between them and the loss. */
export interface Example {
  y: Named[];
  target: Named[];
  inside: (name: string, unit: number, value: number) => Named;
}

export interface Line {
  name: string;
  formula: Formula | null;
  value: number;
  why: string;
}

export interface WrittenLoss {
  /** What is worked out first. */
  inside: Line[];
  loss: { formula: Formula; why: string };
  /** By each output; not yet divided by the number of examples. */
  gradients: { formula: Formula; value: number; why: string }[];
}

export function writeLoss({ name, outputs }: Objective, example: Example): WrittenLoss {
  if (name === "cross_entropy") return outputs === 1 ? writeSigmoid(example) : writeSoftmax(example);
  if (name === "hinge") return outputs === 1 ? writeMargin(example) : writeMargins(example);
  return name === "squared" ? writeSquared(example) : writeMean(example, name === "huber");
}

const SIGMOID = "the logistic function turns the output into a probability";
const SIGMOID_LOSS = "minus ln p for yes and minus ln(1 - p) for no: with p = 1 / (1 + exp(-y)) these are ln(1 + exp(-y)) and ln(1 + exp(y)), which keep their digits";
const SIGMOID_SLOPE = "ln(1 + exp(-y)) differentiates to p - 1, ln(1 + exp(y)) to p: weighed by the target, p minus the target";

function writeSigmoid({ y: [y], target: [q], inside }: Example): WrittenLoss {
  const p = inside("p", 0, 1 / (1 + Math.exp(-y!.value)));
  const sign = q!.value > 0 ? -1 : 1;
  const x = sign < 0 ? formula`-${y!}` : formula`${y!}`;
  const opposite = sign < 0 ? formula`-(-${y!})` : formula`-${y!}`;
  const loss = sign * y!.value > 30 ? formula`${x} + ln(1 + exp(${opposite}))` : formula`ln(1 + exp(${x}))`;
  return {
    inside: [{ name: p.name, formula: formula`1 / (1 + exp(-${y!}))`, value: p.value, why: SIGMOID }],
    loss: { formula: loss, why: SIGMOID_LOSS },
    gradients: [minusTarget(p, q!, SIGMOID_SLOPE)],
  };
}

const minusTarget = (p: Named, q: Named, why: string) => ({ formula: withTerms(formula`${p} - ${q}`, p.value, -q.value), value: p.value - q.value, why });

const SOFTMAX = "softmax makes every output positive by exp, and divides by the sum, so that all add up to 1";
const LARGEST = "; the largest is taken from each first, so that no exp overflows: that cancels in the quotient";
const SOFTMAX_LOSS = "minus the logarithm of the probability that softmax gives the true class: the target of the others is 0";
const SOFTMAX_SLOPE = "minus ln p of the right class is ln(sum of all exp(y)) minus its own y: the first differentiates to p, the second to 1 where the class is right; so p minus the target";

function writeSoftmax({ y, target, inside }: Example): WrittenLoss {
  const most = y.reduce((one, other) => (other.value > one.value ? other : one));
  const isLarge = y.some(({ value }) => Math.abs(value) > 30);
  const exponents = y.map((one) => (isLarge ? formula`${one} - ${most}` : formula`${one}`));
  const raised = exponents.map((exponent, k) => ({ formula: formula`exp(${exponent})`, value: Math.exp(y[k]!.value - most.value) }));
  const whole = raised.reduce((total, { value }) => total + value, 0);
  const p = raised.map(({ value }, k) => inside("p", k, value / whole));
  const right = target.findIndex(({ value }) => value === 1);
  return {
    inside: p.map(({ name, value }, k) => ({ name, value, formula: formula`${raised[k]!.formula} / (${sum(raised)})`, why: SOFTMAX + (isLarge ? LARGEST : "") })),
    loss: { formula: formula`-ln(${p[right]!})`, why: SOFTMAX_LOSS },
    gradients: p.map((one, k) => minusTarget(one, target[k]!, SOFTMAX_SLOPE)),
  };
}

function writeMargin({ y: [y], target: [t], inside }: Example): WrittenLoss {
  const sign = inside("s", 0, t!.value > 0 ? 1 : -1);
  const margin = named("margin", 1);
  const m = inside("m", 0, 1 - sign.value * y!.value);
  const isBroken = m.value > 0;
  return {
    inside: [{ name: m.name, formula: withTerms(formula`${margin} - ${sign} * ${y!}`, 1, -sign.value * y!.value), value: m.value, why: marginWhy(isBroken) }],
    loss: { formula: formula`max(0, ${m})`, why: "by how much the score falls short of the margin on the right side of 0, and 0 where it does not" },
    gradients: [{
      formula: formula`-(${sign} * max(0, sign(${m})))`,
      value: isBroken ? -sign.value : 0,
      why: `the margin is ${isBroken ? "broken: the score is pulled to its side" : "kept: nothing pulls"}`,
    }],
  };
}

const marginWhy = (isBroken: boolean): string => (isBroken ? "above 0: the margin is broken" : "not above 0: the margin is kept");

function writeMargins({ y, target, inside }: Example): WrittenLoss {
  const right = target.findIndex(({ value }) => value === 1);
  const margin = named("margin", 1);
  const missed = y.map((one, k) => inside("m", k, one.value - y[right]!.value + 1));
  const rivals = missed.filter((_, k) => k !== right);
  const broken = rivals.filter(({ value }) => value > 0).length;
  const step = (m: Named) => ({ formula: formula`max(0, sign(${m}))`, value: Number(m.value > 0) });
  return {
    inside: rivals.map((m) => {
      const k = missed.indexOf(m);
      const written = withTerms(formula`${y[k]!} - ${y[right]!} + ${margin}`, y[k]!.value, -y[right]!.value, 1);
      return { name: m.name, formula: written, value: m.value, why: marginWhy(m.value > 0) };
    }),
    loss: {
      formula: sum(rivals.map((m) => ({ formula: formula`max(0, ${m})`, value: Math.max(0, m.value) }))),
      why: "by how much each other class comes within the margin of the right one, and 0 where it does not",
    },
    gradients: missed.map((m, k) => k === right
      ? { formula: negative(sum(rivals.map(step)), rivals.length > 1), value: -broken, why: `the right class is pulled up once for every margin that is broken, here ${broken}` }
      : { ...step(m), why: m.value > 0 ? "this class breaks the margin: 1" : "this class keeps the margin: 0" }),
  };
}

const negative = (one: Formula, isSum: boolean): Formula => (isSum ? formula`-(${one})` : formula`-${one}`);

function writeSquared({ y, target }: Example): WrittenLoss {
  const terms = y.map((one, k) => ({ formula: formula`0.5 * (${target[k]!} - ${one})^2`, value: 0.5 * (target[k]!.value - one.value) ** 2 }));
  return {
    inside: [],
    loss: { formula: sum(terms), why: "half the squared distance of each output from its target; the half cancels the 2 of the derivative" },
    gradients: y.map((one, k) => ({
      formula: formula`-(${target[k]!} - ${one})`,
      value: one.value - target[k]!.value,
      why: "the derivative of the square has a factor 2, which the half cancels, and the output has a minus sign",
    })),
  };
}

function writeMean({ y, target }: Example, isHuber: boolean): WrittenLoss {
  const each = y.map((one, k) => writeError(one, target[k]!, isHuber));
  const whole = sum(each.map(({ cost, worth }) => ({ formula: cost, value: worth })));
  return {
    inside: [],
    loss: {
      formula: y.length === 1 ? whole : divided(whole, y.length),
      why: isHuber
        ? "an error up to delta = 1 counts half its square, a larger one linearly: delta (|error| - delta / 2)"
        : "the distance from the target, averaged over the outputs",
    },
    gradients: each.map(({ slope, isSum, value, why }) => ({
      formula: y.length === 1 ? slope : isSum ? divided(slope, y.length) : formula`${slope} / ${literal(y.length)}`,
      value: value / y.length, why,
    })),
  };
}

function writeError(y: Named, t: Named, isHuber: boolean) {
  const error = y.value - t.value;
  const difference = withTerms(formula`${y} - ${t}`, y.value, -t.value);
  const side = { slope: formula`sign(${difference})`, isSum: false, value: Math.sign(error) };
  if (!isHuber) {
    const why = error === 0
      ? "the output is on its target, where the distance has a kink: there the gradient is set to 0"
      : "the slope of a distance is 1 or -1: only the side of the target counts";
    return { cost: formula`abs(${difference})`, worth: Math.abs(error), ...side, why };
  }
  if (Math.abs(error) <= 1) {
    const why = "the error is within delta = 1: half a square differentiates to the error itself";
    return { cost: formula`0.5 * (${difference})^2`, worth: 0.5 * error ** 2, slope: difference, isSum: true, value: error, why };
  }
  const delta = named("delta", 1);
  return {
    cost: formula`${delta} * (abs(${difference}) - 0.5 * ${delta})`, worth: Math.abs(error) - 0.5,
    slope: formula`${delta} * sign(${difference})`, isSum: false, value: Math.sign(error),
    why: "the error is beyond delta = 1, on the linear part: its slope is delta",
  };
}

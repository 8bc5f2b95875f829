/** Activations as formulas, as `pellucid/derivation/rules/activations` writes them: y, and the slope by z. */
import type { Activation } from "../../../state";
import { formula, named, type Formula, type Named } from "./formula";

export interface Written {
  y: (z: Named) => Formula;
  /** In brackets where it is more than a product, for it is a factor. */
  slope: (z: Named, y: Named) => Formula;
  why: string;
  whySlope: string;
  /** Whether the reason says on which piece z is. */
  pieces?: (z: number) => string;
}

const sigmoid = (z: Named): Formula => formula`1 / (1 + exp(-${z}))`;
const below = (z: Named): Formula => formula`(1 + erf(${z} / sqrt(2))) / 2`;
const constant = (value: string) => (): Formula => ({ parts: [value], terms: null });
const aboveZero = (z: number): string => (z > 0 ? "above 0" : "not above 0");
const scale = named("scale", 1.0507009873554805);
const alpha = named("alpha", 1.6732632423543772);
const pi = named("pi", Math.PI);
const one = constant("1");
const zero = constant("0");

export const WRITTEN: Record<Exclude<Activation, "maxout">, Written> = {
  identity: {
    y: (z) => formula`${z}`, slope: one,
    why: "the output is the input", whySlope: "the output is the input, so the slope is 1",
  },
  step: {
    y: (z) => (z.value > 0 ? one() : zero()), slope: zero, pieces: aboveZero,
    why: "the unit fires, 1, where its pre-activation is above 0; else it does not, 0",
    whySlope: "a step is constant on both sides of its jump, so its slope is 0: nothing below it can be learned by gradients",
  },
  sigmoid: {
    y: sigmoid, slope: (_, y) => formula`${y} * (1 - ${y})`,
    why: "the logistic function maps any pre-activation to a number between 0 and 1",
    whySlope: "the logistic function's slope is out (1 - out): steepest, a quarter, where out is a half",
  },
  tanh: {
    y: (z) => formula`tanh(${z})`, slope: (_, y) => formula`(1 - ${y}^2)`,
    why: "tanh maps any pre-activation to a number between -1 and 1",
    whySlope: "the slope of tanh is 1 - out^2: steepest, 1, where out is 0",
  },
  hard_tanh: {
    y: (z) => formula`max(-1, min(1, ${z}))`, slope: (z) => (Math.abs(z.value) < 1 ? one() : zero()),
    pieces: (z) => (Math.abs(z) < 1 ? "between them" : "not between them"),
    why: "what is between -1 and 1 stays as it is, the rest is clipped to them",
    whySlope: "the slope is 1 between -1 and 1 and 0 elsewhere, where the output stays the same",
  },
  relu: {
    y: (z) => formula`max(0, ${z})`, slope: (z) => (z.value > 0 ? one() : zero()), pieces: aboveZero,
    why: "what is above 0 stays as it is, the rest is 0",
    whySlope: "the slope is 1 where the pre-activation is above 0 and 0 elsewhere, so an inactive unit passes no gradient",
  },
  leaky_relu: {
    y: (z) => (z.value > 0 ? formula`${z}` : formula`0.01 * ${z}`), slope: (z) => (z.value > 0 ? one() : constant("0.01")()), pieces: aboveZero,
    why: "what is above 0 stays as it is, the rest is multiplied by 0.01",
    whySlope: "the slope is 1 where the pre-activation is above 0 and 0.01 elsewhere",
  },
  elu: {
    y: (z) => (z.value > 0 ? formula`${z}` : formula`1 * (exp(${z}) - 1)`), pieces: aboveZero,
    slope: (z, y) => (z.value > 0 ? one() : formula`(${y} + 1)`),
    why: "what is above 0 stays as it is, the rest tends to -1",
    whySlope: "the slope is 1 where the pre-activation is above 0, elsewhere alpha exp(x), which is out + alpha",
  },
  selu: {
    y: (z) => (z.value > 0 ? formula`${scale} * ${z}` : formula`${scale} * ${alpha} * (exp(${z}) - 1)`), pieces: aboveZero,
    slope: (z, y) => (z.value > 0 ? formula`${scale}` : formula`(${y} + ${scale} * ${alpha})`),
    why: "an ELU times a scale: with these two constants, layer after layer keeps mean 0 and variance 1",
    whySlope: "the slope is the scale where the pre-activation is above 0, elsewhere out + scale alpha",
  },
  gelu: {
    y: (z) => formula`${z} * (${below(z)})`,
    slope: (z) => formula`(${below(z)} + ${z} * (exp((-${z}^2) / 2) / sqrt(2 * ${pi})))`,
    why: "the pre-activation times the probability that a standard normal number is below it",
    whySlope: "the product rule: the slope of x times the probability, and of the probability, the density, times x",
  },
  silu: {
    y: (z) => formula`${z} * (${sigmoid(z)})`,
    slope: (z, y) => formula`(${sigmoid(z)} + ${y} * (1 - ${sigmoid(z)}))`,
    why: "the pre-activation times its own logistic function, which acts as a gate",
    whySlope: "the product rule: the slope of x times s, and the slope of s, which is s (1 - s), times x; and x s is out",
  },
  softplus: {
    y: (z) => (z.value > 30 ? formula`${z} + ln(1 + exp(-${z}))` : formula`ln(1 + exp(${z}))`), slope: (z) => formula`(${sigmoid(z)})`,
    why: "a rectifier without a kink: nearly 0 far below 0, nearly x far above",
    whySlope: "the slope of ln(1 + exp(x)) is exp(x) / (1 + exp(x)), the logistic function",
  },
};

/** Up to which sharpness an update rule stays steady: `pellucid/diagnosis/steady_limit.py`. */
import { RULES } from "../rules";
import type { Training } from "../training";

export interface SteadyLimit {
  value: number;
  /** What the Hessian is scaled with on both sides, for rules that divide gradients by a number for each weight. */
  scale: Float64Array | null;
}

/** None for a rule whose limit is not known here. */
export function steadyLimit({ network: { state }, now, rate }: Training): SteadyLimit | null {
  const { momentum, optimizer } = state;
  if (!(rate > 0)) return null;
  if (optimizer === "gradient_descent") return { value: 2 / rate, scale: null };
  if (optimizer === "momentum") return { value: (2 * (1 + momentum)) / rate, scale: null };
  if (optimizer === "nesterov") return { value: (2 * (1 + momentum)) / ((1 + 2 * momentum) * rate), scale: null };
  if (now.step < 1) return null; // what it divides by is not known before the first step
  const { numbers: { beta1 = 0, beta2 = 0, epsilon = 0 } } = RULES[optimizer];
  const scale = (squares: Float64Array, mean = 1) => squares.map((s) => 1 / Math.sqrt(Math.sqrt(s / mean) + epsilon));
  if (optimizer === "rmsprop" || optimizer === "adagrad") return { value: 2 / rate, scale: scale(now.slots[0]!) };
  if (optimizer !== "adam" && optimizer !== "adamw") return null;
  return { value: (2 * (1 + beta1)) / ((1 - beta1) * rate), scale: scale(now.slots[1]!, 1 - beta2 ** now.step) };
}

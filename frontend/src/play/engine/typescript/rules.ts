/** How a gradient becomes a change of weights: the formulas of `pellucid/optim`, on all weights of a network at once. */
import type { NetworkState } from "../../state";

/** One step of a rule. `t` counts from 1; `slots` are what the rule remembers of each weight, in the order of its names. */
type Move = (w: Float64Array, g: Float64Array, slots: Float64Array[], rate: number, t: number, momentum: number) => void;

export interface Rule {
  /** The class that Python has for it, and its formula there. */
  name: string;
  formula: readonly string[];
  /** Its numbers in the formula; momentum is that of the state. */
  numbers: Readonly<Record<string, number>>;
  slots: readonly string[];
  move: Move;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;
const ADAM = { beta1: BETA1, beta2: BETA2, epsilon: EPSILON };
const MEANS = [
  "m = beta1 * m + (1 - beta1) * g",
  "v = beta2 * v + (1 - beta2) * g * g",
  "m_hat = m / (1 - beta1 ** t)",
  "v_hat = v / (1 - beta2 ** t)",
];

/** Adam, with the part of itself that each weight loses in a step of rate 1. */
const adam = (decay: number): Move => (w, g, [m, v], rate, t) => {
  const first = 1 - BETA1 ** t;
  const second = 1 - BETA2 ** t;
  for (let i = 0; i < w.length; i++) {
    const gi = g[i]!;
    const mi = (m![i] = BETA1 * m![i]! + (1 - BETA1) * gi);
    const vi = (v![i] = BETA2 * v![i]! + (1 - BETA2) * gi * gi);
    const step = mi / first / (Math.sqrt(vi / second) + EPSILON);
    w[i] = w[i]! - rate * (decay ? step + decay * w[i]! : step);
  }
};

export const RULES: Record<NetworkState["optimizer"], Rule> = {
  gradient_descent: {
    name: "GradientDescent",
    formula: [
      "w = w - learning_rate * g",
    ],
    numbers: {},
    slots: [],
    move: (w, g, _, rate) => {
      for (let i = 0; i < w.length; i++) w[i] = w[i]! - rate * g[i]!;
    },
  },
  momentum: {
    name: "Momentum",
    formula: [
      "v = momentum * v - learning_rate * g",
      "w = w + v",
    ],
    numbers: {},
    slots: ["v"],
    move: (w, g, [v], rate, _, momentum) => {
      for (let i = 0; i < w.length; i++) {
        v![i] = momentum * v![i]! - rate * g[i]!;
        w[i] = w[i]! + v![i]!;
      }
    },
  },
  nesterov: {
    name: "Nesterov",
    formula: [
      "v = momentum * v - learning_rate * g",
      "w = w + momentum * v - learning_rate * g",
    ],
    numbers: {},
    slots: ["v"],
    move: (w, g, [v], rate, _, momentum) => {
      for (let i = 0; i < w.length; i++) {
        v![i] = momentum * v![i]! - rate * g[i]!;
        w[i] = w[i]! + momentum * v![i]! - rate * g[i]!;
      }
    },
  },
  adagrad: {
    name: "AdaGrad",
    formula: [
      "s = s + g * g",
      "w = w - learning_rate * g / (sqrt(s) + epsilon)",
    ],
    numbers: { epsilon: 1e-10 },
    slots: ["s"],
    move: (w, g, [s], rate) => {
      for (let i = 0; i < w.length; i++) {
        s![i] = s![i]! + g[i]! * g[i]!;
        w[i] = w[i]! - (rate * g[i]!) / (Math.sqrt(s![i]!) + 1e-10);
      }
    },
  },
  adadelta: {
    name: "AdaDelta",
    formula: [
      "s = decay * s + (1 - decay) * g * g",
      "d = sqrt(u + epsilon) / sqrt(s + epsilon) * g",
      "u = decay * u + (1 - decay) * d * d",
      "w = w - learning_rate * d",
    ],
    numbers: { decay: 0.95, epsilon: 1e-6 },
    slots: ["s", "u"],
    move: (w, g, [s, u], rate) => {
      for (let i = 0; i < w.length; i++) {
        const gi = g[i]!;
        s![i] = 0.95 * s![i]! + (1 - 0.95) * gi * gi;
        const d = (Math.sqrt(u![i]! + 1e-6) / Math.sqrt(s![i]! + 1e-6)) * gi;
        u![i] = 0.95 * u![i]! + (1 - 0.95) * d * d;
        w[i] = w[i]! - rate * d;
      }
    },
  },
  rmsprop: {
    name: "RMSProp",
    formula: [
      "s = decay * s + (1 - decay) * g * g",
      "w = w - learning_rate * g / (sqrt(s) + epsilon)",
    ],
    numbers: { decay: 0.9, epsilon: EPSILON },
    slots: ["s"],
    move: (w, g, [s], rate) => {
      for (let i = 0; i < w.length; i++) {
        s![i] = 0.9 * s![i]! + (1 - 0.9) * g[i]! * g[i]!;
        w[i] = w[i]! - (rate * g[i]!) / (Math.sqrt(s![i]!) + EPSILON);
      }
    },
  },
  adam: {
    name: "Adam",
    formula: [...MEANS, "w = w - learning_rate * m_hat / (sqrt(v_hat) + epsilon)"],
    numbers: ADAM,
    slots: ["m", "v"],
    move: adam(0),
  },
  adamw: {
    name: "AdamW",
    formula: [...MEANS, "w = w - learning_rate * (m_hat / (sqrt(v_hat) + epsilon) + weight_decay * w)"],
    numbers: { ...ADAM, weight_decay: 0.01 },
    slots: ["m", "v"],
    move: adam(0.01),
  },
  adamax: {
    name: "Adamax",
    formula: [
      "m = beta1 * m + (1 - beta1) * g",
      "u = maximum(beta2 * u, abs(g) + epsilon)",
      "m_hat = m / (1 - beta1 ** t)",
      "w = w - learning_rate * m_hat / u",
    ],
    numbers: ADAM,
    slots: ["m", "u"],
    move: (w, g, [m, u], rate, t) => {
      const first = 1 - BETA1 ** t;
      for (let i = 0; i < w.length; i++) {
        m![i] = BETA1 * m![i]! + (1 - BETA1) * g[i]!;
        u![i] = Math.max(BETA2 * u![i]!, Math.abs(g[i]!) + EPSILON);
        w[i] = w[i]! - (rate * (m![i]! / first)) / u![i]!;
      }
    },
  },
  lion: {
    name: "Lion",
    formula: [
      "c = beta1 * m + (1 - beta1) * g",
      "w = w - learning_rate * (sign(c) + weight_decay * w)",
      "m = beta2 * m + (1 - beta2) * g",
    ],
    numbers: { beta1: BETA1, beta2: 0.99, weight_decay: 0 },
    slots: ["m"],
    move: (w, g, [m], rate) => {
      for (let i = 0; i < w.length; i++) {
        const c = BETA1 * m![i]! + (1 - BETA1) * g[i]!;
        w[i] = w[i]! - rate * Math.sign(c);
        m![i] = 0.99 * m![i]! + (1 - 0.99) * g[i]!;
      }
    },
  },
};

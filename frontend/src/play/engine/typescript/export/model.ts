/** Network, loss and update rule as the calls of pellucid that make them. */
import type { Activation, NetworkState } from "../../../state";
import type { PlayNetwork } from "../play_network";
import { RULES } from "../rules";
import { float } from "./python";

const ACTIVATIONS: Record<Activation, string> = {
  identity: "Identity", step: "Step", sigmoid: "Sigmoid", tanh: "Tanh", hard_tanh: "HardTanh", relu: "ReLU", leaky_relu: "LeakyReLU",
  elu: "ELU", selu: "SELU", gelu: "GELU", silu: "SiLU", softplus: "Softplus", maxout: "Maxout",
};

/** What layers are given beside their size. */
const INITIALIZERS: Record<NetworkState["initializer"], string> = {
  glorot: "",
  he: ", weight=He()",
  lecun: ", weight=LeCun()",
  orthogonal: ", weight=Orthogonal()",
  uniform: ", weight=Uniform(limit=0.5), bias=Constant(0.1)",
  small: ", weight=SmallNormal(scale=0.01)",
  large: ", weight=SmallNormal(scale=3.0)",
  zeros: ", weight=Zeros()",
};

/** The learning rates that rules have if none is given. */
const RATES: Record<NetworkState["optimizer"], number> = {
  gradient_descent: 0.01, momentum: 0.01, nesterov: 0.01, adagrad: 0.01, adadelta: 1, rmsprop: 0.001, adam: 0.001, adamw: 0.001,
  adamax: 0.002, lion: 1e-4,
};

export function model({ state, objective }: PlayNetwork): string {
  const drawn = INITIALIZERS[state.initializer];
  const layers = state.input_noise ? [`GaussianNoise(${float(state.input_noise)})`] : [];
  for (const { units, activation } of state.layers) {
    if (activation === "maxout") layers.push(`Maxout(${units}${drawn})`);
    else layers.push(`Dense(${units}${drawn})`, `${ACTIVATIONS[activation]}()`);
    if (state.dropout) layers.push(`Dropout(${float(state.dropout)})`);
  }
  layers.push(`Dense(${objective.outputs}${drawn})`, ...(objective.bounded ? ["Tanh()"] : []));
  return state.weight_noise ? `WeightNoise(${layers.join(", ")}, deviation=${float(state.weight_noise)})` : `Chain(${layers.join(", ")})`;
}

export function loss({ objective: { name, outputs } }: PlayNetwork): string {
  if (name === "cross_entropy") return outputs === 1 ? "SigmoidCrossEntropy()" : "SoftmaxCrossEntropy()";
  return { squared: "HalfSquaredError()", hinge: "Hinge()", absolute: "MeanAbsoluteError()", huber: "Huber()" }[name];
}

export const penalty = ({ penalty: kind, penalty_rate }: NetworkState): string => `${kind.toUpperCase()}(${float(penalty_rate)})`;

export const clip = (norm: number): string => `ClipByNorm(${float(norm)})`;

export function optimizer(network: PlayNetwork): string {
  const { optimizer: name, learning_rate, momentum, schedule } = network.state;
  const fields: string[] = [];
  if (schedule !== "constant" || learning_rate !== RATES[name]) fields.push(`learning_rate=${learningRate(network)}`);
  if ((name === "momentum" || name === "nesterov") && momentum !== 0.9) fields.push(`momentum=${float(momentum)}`);
  return `${RULES[name].name}(${fields.join(", ")})`;
}

function learningRate({ state: { schedule, learning_rate, schedule_epochs }, stepsAnEpoch }: PlayNetwork): string {
  const steps = schedule_epochs * stepsAnEpoch;
  const rate = float(learning_rate);
  return {
    constant: rate,
    step: `StepDecay(${rate}, 0.5, ${steps})`,
    exponential: `ExponentialDecay(${rate}, 0.5, ${steps})`,
    inverse_time: `InverseTimeDecay(${rate}, ${float(1 / steps)})`,
    cosine: `CosineDecay(${rate}, ${steps})`,
    warmup: `Warmup(${rate}, ${steps})`,
  }[schedule];
}

/** A program in plain NumPy that says what the network says, as `pellucid/playground/export/numpy_program.py` writes it. */
import type { Activation } from "../../../state";
import type { PlayNetwork } from "../play_network";
import { nested } from "../snapshot";
import type { Training } from "../training";
import { featureLines } from "./features";
import { list, text } from "./python";

const SIGMOID = "np.exp(-np.logaddexp(0.0, -z))";
/** Each activation of its pre-activations z. */
const ACTIVATIONS: Record<Exclude<Activation, "maxout" | "identity">, string> = {
  step: "(z > 0) * 1.0",
  sigmoid: SIGMOID,
  tanh: "np.tanh(z)",
  hard_tanh: "np.clip(z, -1.0, 1.0)",
  relu: "np.maximum(z, 0.0)",
  leaky_relu: "np.where(z > 0, z, 0.01 * z)",
  elu: "np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))",
  selu: "1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * np.expm1(np.minimum(z, 0.0)))",
  gelu: "z * 0.5 * (1.0 + np.vectorize(math.erf)(z / math.sqrt(2.0)))",
  silu: `z * ${SIGMOID}`,
  softplus: "np.logaddexp(0.0, z)",
};

export function numpyProgram({ network, now }: Training): string {
  const { layers, data } = network;
  const body = predictLines(network);
  const arrays = layers.arrays.map((array) => {
    const [path, name] = array.path.split("/");
    return `${name}_${path} = np.array(${list(nested(now.w, array))})`;
  });
  const example = nested(data.x, { at: 0, shape: [Math.min(3, data.y.length), data.columns.length] });
  const lines = [
    '"""What a network of the pellucid playground says, in plain NumPy."""',
    "",
    ...(body.some((line) => line.includes("math.")) ? ["import math", ""] : []),
    "import numpy as np",
    "",
    `COLUMNS = [${data.columns.map(text).join(", ")}]`,
    '"""The inputs, in order."""',
    "",
    ...arrays,
    "",
    "",
    "def predict(x):",
    `    """${meaning(network)}"""`,
    ...body.map((line) => `    ${line}`),
    "",
    "",
    'if __name__ == "__main__":',
    `    print(predict(${list(example)}))`,
  ];
  return `${lines.join("\n")}\n`;
}

/** What `predict` does. */
function predictLines(network: PlayNetwork): string[] {
  return [
    "x = np.asarray(x, dtype=float)",
    ...featureLines(network),
    ...preparationLines(network),
    ...network.layers.layers.flatMap(({ path, kind }) => layerLines(path, kind)),
    `return ${answerOf(network)}`,
  ];
}

function layerLines(path: string, activation: Activation): string[] {
  const [W, b] = [`W_${path}`, `b_${path}`];
  if (activation === "maxout") return [`x = (np.einsum('nd,dpk->npk', x, ${W}) + ${b}).max(axis=1)`];
  if (activation === "identity") return [`x = x @ ${W} + ${b}`];
  return [`z = x @ ${W} + ${b}`, `x = ${ACTIVATIONS[activation]}`];
}

function preparationLines({ preparation: { mean, scale, V, outputs } }: PlayNetwork): string[] {
  if (!mean) return [];
  const line = `x = (x - np.array(${list([...mean])}))`;
  if (scale) return [`${line} / np.array(${list([...scale])})`];
  if (!V) return [line];
  return [`${line} @ np.array(${list(nested(V, { at: 0, shape: [mean.length, outputs] }))})`];
}

function answerOf({ objective: { name, classes, outputs, bounded } }: PlayNetwork): string {
  if (!classes || (bounded && outputs === 1)) return "x";
  if (outputs > 1) return "np.exp(x - np.logaddexp.reduce(x, axis=1, keepdims=True))";
  return name === "cross_entropy" ? "2.0 * np.exp(-np.logaddexp(0.0, -x)) - 1.0" : "np.clip(x, -1.0, 1.0)";
}

function meaning({ data, objective: { classes, outputs } }: PlayNetwork): string {
  const inputs = `for inputs (N, ${data.columns.length}).`;
  if (!classes) return `The amount (N, 1) ${inputs}`;
  return outputs === 1 ? `From -1, class 0, to 1, class 1, (N, 1), ${inputs}` : `The probability of each class, (N, ${classes}), ${inputs}`;
}

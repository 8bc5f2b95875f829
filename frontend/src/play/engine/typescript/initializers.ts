/** First weights, as `pellucid/initializers.py` draws them and `pellucid/playground/network.py` names them. */
import type { NetworkState } from "../../state";
import type { Network } from "./network";
import { orthonormalColumns } from "./orthonormal";
import { foldIn, normal, uniform, weightsKey, type Key } from "./random";

/** Numbers for a matrix (inputs, units), row by row. */
type Draw = (key: Key, inputs: number, units: number) => Float64Array;

const scaled = (numbers: Float64Array, scale: number): Float64Array => numbers.map((number) => scale * number);
const normalOf = (deviation: (inputs: number, units: number) => number): Draw => (key, inputs, units) =>
  scaled(normal(key, inputs * units), deviation(inputs, units));
const uniformOf = (limit: (inputs: number) => number): Draw => (key, inputs, units) =>
  uniform(key, inputs * units).map((number) => limit(inputs) * (2 * number - 1));

const WEIGHTS: Record<NetworkState["initializer"], Draw> = {
  glorot: normalOf((inputs, units) => Math.sqrt(2 / (inputs + units))),
  he: normalOf((inputs) => Math.sqrt(2 / inputs)),
  lecun: uniformOf((inputs) => Math.sqrt(3 / inputs)),
  orthogonal,
  uniform: uniformOf(() => 0.5),
  small: normalOf(() => 0.01),
  large: normalOf(() => 3),
  zeros: (_, inputs, units) => new Float64Array(inputs * units),
};
/** How TensorFlow Playground begins; elsewhere biases begin at 0. */
const BIAS = { uniform: 0.1 } as Partial<Record<NetworkState["initializer"], number>>;

/** The weights that training begins with: the n-th layer, from 0, draws with `foldIn(weightsKey(seed), n)`. */
export function firstWeights(network: Network, { initializer, seed }: Pick<NetworkState, "initializer" | "seed">): Float64Array {
  const w = new Float64Array(network.size);
  network.layers.forEach(({ inputs, units, pieces, W, b }, number) => {
    const key = foldIn(foldIn(weightsKey(seed), number), 0);
    for (let piece = 0; piece < pieces; piece++) {
      const drawn = WEIGHTS[initializer](pieces > 1 ? foldIn(key, piece) : key, inputs, units);
      for (let i = 0; i < inputs; i++) {
        w.set(drawn.subarray(i * units, (i + 1) * units), W + (i * pieces + piece) * units);
      }
    }
    w.fill(BIAS[initializer] ?? 0, b, b + pieces * units);
  });
  return w;
}

/** Columns at right angles; where the matrix is wide, its rows. */
function orthogonal(key: Key, inputs: number, units: number): Float64Array {
  const [rows, columns] = [Math.max(inputs, units), Math.min(inputs, units)];
  const Q = orthonormalColumns(normal(key, rows * columns), rows, columns);
  if (inputs >= units) return Q;
  return Float64Array.from(Q, (_, i) => Q[(i % units) * columns + Math.floor(i / units)]!);
}

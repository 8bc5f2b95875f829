/** The activations by name, as `pellucid/layers/activations` has them, each at a kink with the derivative it has there. */
import type { Activation } from "../../../state";
import { erf, sigmoid, softplus } from "../special";
import { elementwise, type Elementwise } from "./elementwise";

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;
const LEAK = 0.01;

const elu = (z: number): number => (z > 0 ? z : Math.expm1(z));
/** The chance that a standard normal number is below z. */
const normalBelow = (z: number): number => 0.5 * (1 + erf(z / Math.SQRT2));

/** Maxout is a layer of its own, the largest of several weighted sums; what passes through it is as it is. */
export const ACTIVATIONS: Record<Exclude<Activation, "maxout">, Elementwise> = {
  identity: elementwise((z) => z, () => 1),
  step: elementwise((z) => (z > 0 ? 1 : z <= 0 ? 0 : z), () => 0),
  sigmoid: elementwise(sigmoid, (_, y) => y * (1 - y)),
  tanh: elementwise((z) => Math.tanh(z), (_, y) => 1 - y * y),
  hard_tanh: elementwise((z) => (z <= -1 ? -1 : z >= 1 ? 1 : z), (z) => (Math.abs(z) < 1 ? 1 : 0)),
  relu: elementwise((z) => (z <= 0 ? 0 : z), (z) => (z > 0 ? 1 : 0)),
  leaky_relu: elementwise((z) => (z > 0 ? z : LEAK * z), (z) => (z > 0 ? 1 : LEAK)),
  elu: elementwise(elu, (z, y) => (z > 0 ? 1 : y + 1)),
  selu: elementwise(
    (z) => SELU_SCALE * (z > 0 ? z : SELU_ALPHA * Math.expm1(z)),
    (z, y) => (z > 0 ? SELU_SCALE : y + SELU_SCALE * SELU_ALPHA),
  ),
  gelu: elementwise(
    (z) => z * normalBelow(z),
    (z) => normalBelow(z) + (z * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI),
  ),
  silu: elementwise(
    (z) => z * sigmoid(z),
    (z, y) => sigmoid(z) + y * (1 - sigmoid(z)),
  ),
  softplus: elementwise(softplus, sigmoid),
};

/** The largest eigenvalue of the Hessian of the mean loss, as `pellucid/train/examinations/sharpness.py` measures it. */
import { dot } from "../questions/plane";
import type { Subject } from "../questions/subject";
import { keyOf, normal } from "../random";

const CONVERGED = 1e-3;

type Product = (v: Float64Array) => Float64Array;

/** By power iteration. With `scale` it is that of S H S, S having these numbers on its diagonal. */
export function measureSharpness(subject: Subject, iterations: number, scale: Float64Array | null = null): number {
  const product = scale ? scaled(hessianProduct(subject), scale) : hessianProduct(subject);
  const { length } = subject.w;
  const value = largest(product, length, iterations);
  if (!(value < 0)) return value;
  // the largest in size is negative: from there, the largest is the other end
  return value + largest((v) => product(v).map((number, i) => number - value * v[i]!), length, iterations);
}

function largest(product: Product, size: number, iterations: number): number {
  let v = normal(keyOf(0), size);
  v = over(v, Math.sqrt(dot(v, v)));
  let value = 0;
  for (let i = 0; i < iterations; i++) {
    const image = product(v);
    const before = value;
    value = dot(v, image);
    const length = Math.sqrt(dot(image, image));
    if (!(length > 0) || Math.abs(value - before) < CONVERGED * Math.abs(value)) break;
    v = over(image, length);
  }
  return value;
}

/** The difference of two gradients. */
function hessianProduct(subject: Subject): Product {
  const { w } = subject;
  const step = 1e-5 * Math.max(1, Math.sqrt(dot(w, w)));
  const gradientAt = (v: Float64Array, offset: number): Float64Array => {
    const g = new Float64Array(w.length);
    subject.gradients(w.map((number, i) => number + offset * v[i]!), g);
    return g;
  };
  return (v) => {
    const behind = gradientAt(v, -step);
    return gradientAt(v, step).map((number, i) => (number - behind[i]!) / (2 * step));
  };
}

/** The Hessian is asked for directions of length 1: its difference has a step. */
const scaled = (product: Product, by: Float64Array): Product => (v) => {
  const direction = v.map((number, i) => by[i]! * number);
  const length = Math.sqrt(dot(direction, direction)) || 1;
  return product(over(direction, length)).map((number, i) => by[i]! * number * length);
};

const over = (v: Float64Array, length: number): Float64Array => v.map((number) => number / length);

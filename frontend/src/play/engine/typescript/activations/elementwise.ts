/** What activations share that act on each number alone: `y = f(z)`, and `dz = dy f'(z)`. */

export interface Elementwise {
  /** y of z, the first `count` numbers. */
  forward(z: Float64Array, y: Float64Array, count: number): void;
  /** dz of dy. */
  backward(z: Float64Array, y: Float64Array, dy: Float64Array, dz: Float64Array, count: number): void;
  derivative(z: number, y: number): number;
}

/** An activation of its function and its derivative, which may use z and `y = f(z)`. */
export function elementwise(value: (z: number) => number, derivative: (z: number, y: number) => number): Elementwise {
  return {
    forward(z, y, count) {
      for (let i = 0; i < count; i++) y[i] = value(z[i]!);
    },
    backward(z, y, dy, dz, count) {
      for (let i = 0; i < count; i++) dz[i] = dy[i]! * derivative(z[i]!, y[i]!);
    },
    derivative,
  };
}

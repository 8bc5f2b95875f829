/** Of each layer, over all training points: derivatives of its units, and gradients of single points. */
import type { Activation } from "../../../state";
import type { Elementwise } from "../activations/elementwise";
import type { Layer } from "../layer";
import type { Subject } from "../questions/subject";

/** A derivative below this part of the largest lets next to no gradient through. */
const FLAT = 0.01;

export interface LayerStatistics {
  /** Whether each unit's derivative is exactly 0 on all points, and in which share of them it is nearly flat. */
  dead: boolean[];
  flat: number[];
  /** The gradient of one point by W: `sqrt(mean_b |x_b|^2 |dy_b|^2)`. */
  byExample: number;
}

export class UnitStatistics {
  readonly layers: LayerStatistics[];

  /** Fills `g` with the gradients of all weights. */
  constructor(subject: Subject, g: Float64Array) {
    const { network: { layers, objective }, rows, w } = subject;
    this.layers = layers.layers.map(({ units }) => ({
      dead: new Array<boolean>(units).fill(true), flat: new Array<number>(units).fill(0), byExample: 0,
    }));
    const part = new Float64Array(g.length);
    subject.walk(w, (targets, count) => {
      objective.loss.gradient(layers.y, targets, layers.dy, count, objective.outputs, 1);
      layers.backward(w, part, count);
      for (let i = 0; i < g.length; i++) g[i]! += part[i]! / rows;
      layers.layers.forEach((layer, l) => {
        see(this.layers[l]!, layer, count);
        this.layers[l]!.byExample += squaresOf(layer, layers.inputOf(l), layers.deltasOf(l), count);
      });
    });
    for (const found of this.layers) {
      found.flat = found.flat.map((count) => count / rows);
      found.byExample = Math.sqrt(found.byExample / rows);
    }
  }
}

function see({ dead, flat }: LayerStatistics, { activation, units, z, y }: Layer, rows: number): void {
  if (!activation) {
    dead.fill(false);
    return;
  }
  const limit = FLAT * largestSlope(activation);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < units; k++) {
      const slope = Math.abs(activation.derivative(z[row * units + k]!, y[row * units + k]!));
      if (slope !== 0) dead[k] = false;
      if (slope < limit) flat[k]!++;
    }
  }
}

/** The sum over rows of `|x|^2 |dy|^2`, dy being by the weighted sums, of maxout by the outputs. */
function squaresOf({ inputs, units }: Layer, x: Float64Array, dy: Float64Array, rows: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    let xs = 0;
    let dys = 0;
    for (let i = row * inputs; i < (row + 1) * inputs; i++) xs += x[i]! ** 2;
    for (let k = row * units; k < (row + 1) * units; k++) dys += dy[k]! ** 2;
    sum += xs * dys;
  }
  return sum;
}

const slopes = new Map<Elementwise, number>();

/** The largest derivative, looked for between -10 and 10. */
export function largestSlope(activation: Elementwise): number {
  const known = slopes.get(activation);
  if (known !== undefined) return known;
  const z = Float64Array.from({ length: 2001 }, (_, i) => -10 + i * 0.01);
  const y = new Float64Array(z.length);
  activation.forward(z, y, z.length);
  const found = z.reduce((most, at, i) => Math.max(most, Math.abs(activation.derivative(at, y[i]!))), 0);
  slopes.set(activation, found);
  return found;
}

const BOUNDED: readonly Activation[] = ["step", "sigmoid", "tanh", "hard_tanh"];
export const isBounded = (kind: Activation): boolean => BOUNDED.includes(kind);

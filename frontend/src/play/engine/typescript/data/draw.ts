/** Random numbers for points: each draw has a number of its own, as in `pellucid/playground/data/draw.py`. */
import { foldIn, normal, uniform, type Key } from "../random";

export interface Points {
  /** Inputs (N, D), row by row. */
  x: Float64Array;
  /** The number of the class, or an amount. */
  y: Float64Array;
}

export class Draw {
  constructor(
    private readonly key: Key,
    readonly count: number,
    /** A share: 0.5 for 50 percent. */
    readonly noise: number,
    readonly classes: number,
  ) {}

  uniform(number: number, least: number, greatest: number): Float64Array {
    return uniform(foldIn(this.key, number), this.count).map((drawn) => least + (greatest - least) * drawn);
  }

  normal(number: number, deviation: number): Float64Array {
    return normal(foldIn(this.key, number), this.count).map((drawn) => deviation * drawn);
  }

  /** The points whose inputs and label `of` gives by number. */
  points(of: (i: number) => [number, number, number | boolean]): Points {
    const x = new Float64Array(2 * this.count);
    const y = new Float64Array(this.count);
    for (let i = 0; i < this.count; i++) {
      const [x1, x2, label] = of(i);
      x[2 * i] = x1;
      x[2 * i + 1] = x2;
      y[i] = Number(label);
    }
    return { x, y };
  }

  /** Points whose label is that of where noise moves them to; labels alone are moved. */
  labelled(x1: Float64Array, x2: Float64Array, reach: number, label: (x1: number, x2: number) => number | boolean): Points {
    const noise1 = this.uniform(2, -reach, reach);
    const noise2 = this.uniform(3, -reach, reach);
    return this.points((i) => [
      x1[i]!, x2[i]!, label(x1[i]! + noise1[i]! * this.noise, x2[i]! + noise2[i]! * this.noise),
    ]);
  }
}

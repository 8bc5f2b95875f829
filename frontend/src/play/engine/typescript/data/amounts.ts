/** The data sets of amounts, as `pellucid/playground/data/amounts.py` describes them. */
import type { Draw, Points } from "./draw";

/** x1, x2 and height of each hill. */
const HILLS = [
  [-4, 2.5, 1], [0, 2.5, -1], [4, 2.5, 1], [-4, -2.5, -1], [0, -2.5, 1], [4, -2.5, -1],
] as const;

export const plane = (draw: Draw): Points =>
  draw.labelled(draw.uniform(0, -6, 6), draw.uniform(1, -6, 6), 6, (a, b) => (a + b) / 10);

export function hills(draw: Draw): Points {
  return draw.labelled(draw.uniform(0, -6, 6), draw.uniform(1, -6, 6), 6, (a, b) => {
    let y = 0;
    for (const [centre1, centre2, height] of HILLS) {
      const distance = Math.sqrt((a - centre1) ** 2 + (b - centre2) ** 2);
      const value = height * Math.min(1, Math.max(0, 1 - distance / 2));
      if (Math.abs(value) > Math.abs(y)) y = value;
    }
    return y;
  });
}

export function valley(draw: Draw): Points {
  const a = draw.normal(0, 1);
  const b = draw.normal(1, 1);
  const noise = draw.normal(2, draw.noise);
  return draw.points((i) => [
    2.5 + a[i]!, 2.5 + 0.95 * a[i]! + Math.sqrt(1 - 0.95 ** 2) * b[i]!, (a[i]! + 2 * b[i]!) / 6 + noise[i]!,
  ]);
}

/** A plane of codes on the screen: where a code is drawn, and which code a place stands for. */
export interface PlaneView {
  least: readonly [number, number];
  greatest: readonly [number, number];
}

type Pair = readonly [number, number];

/** All codes (N, 2), flat, with a margin; those that are not finite are left out. */
export function viewOf(codes: ArrayLike<number>): PlaneView {
  const side = (axis: 0 | 1): Pair => {
    let [least, greatest] = [Infinity, -Infinity];
    for (let at = axis; at < codes.length; at += 2) {
      const value = codes[at]!;
      if (!Number.isFinite(value)) continue;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (least > greatest) return [-1, 1];
    const pad = (greatest - least) * 0.06 || 1;
    return [least - pad, greatest + pad];
  };
  const [x, y] = [side(0), side(1)];
  return { least: [x[0], y[0]], greatest: [x[1], y[1]] };
}

/** Shares of the width, from the left, and of the height, from the top. */
export const placeOf = ({ least, greatest }: PlaneView, [x, y]: Pair): [number, number] => [
  (x - least[0]) / (greatest[0] - least[0]),
  1 - (y - least[1]) / (greatest[1] - least[1]),
];

export const codeAt = ({ least, greatest }: PlaneView, [across, down]: Pair): [number, number] => [
  least[0] + across * (greatest[0] - least[0]),
  least[1] + (1 - down) * (greatest[1] - least[1]),
];

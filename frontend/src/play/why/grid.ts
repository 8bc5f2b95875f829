/** Reading numbers of a grid between its places, and the edges between regions. */

/** The number at a place in cells (column and row, fractions between), by the four around it. */
export function between(values: ArrayLike<number>, from: number, side: number, x: number, y: number): number {
  const column = Math.min(Math.max(Math.floor(x), 0), side - 2);
  const row = Math.min(Math.max(Math.floor(y), 0), side - 2);
  const [right, up] = [Math.min(Math.max(x - column, 0), 1), Math.min(Math.max(y - row, 0), 1)];
  const at = (dx: number, dy: number) => values[from + (row + dy) * side + column + dx]!;
  return (at(0, 0) * (1 - right) + at(1, 0) * right) * (1 - up) + (at(0, 1) * (1 - right) + at(1, 1) * right) * up;
}

/** Edges between cells of different patterns: `[x0, y0, x1, y1]` in cells, whose middles are at whole numbers. */
export function borders(pattern: ArrayLike<number>, side: number): [number, number, number, number][] {
  const found: [number, number, number, number][] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const here = pattern[row * side + column];
      if (column + 1 < side && pattern[row * side + column + 1] !== here) found.push([column + 0.5, row - 0.5, column + 0.5, row + 0.5]);
      if (row + 1 < side && pattern[(row + 1) * side + column] !== here) found.push([column - 0.5, row + 0.5, column + 0.5, row + 0.5]);
    }
  }
  return found;
}

/** The coordinates of weights in a plane: those of the middle, and where the difference lies along both directions (least squares). */
export function coordinates(
  weights: ArrayLike<number>, middle: ArrayLike<number>, directions: ArrayLike<number>, centre: readonly [number, number],
): [number, number] {
  const size = middle.length;
  let [aa, ab, bb, ay, by] = [0, 0, 0, 0, 0];
  for (let index = 0; index < size; index++) {
    const [a, b, y] = [directions[index]!, directions[size + index]!, weights[index]! - middle[index]!];
    aa += a * a;
    ab += a * b;
    bb += b * b;
    ay += a * y;
    by += b * y;
  }
  const determinant = aa * bb - ab * ab;
  return [centre[0] + (ay * bb - by * ab) / determinant, centre[1] + (by * aa - ay * ab) / determinant];
}

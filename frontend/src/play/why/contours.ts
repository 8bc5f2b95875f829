/** Lines of equal loss over a grid: marching squares. */

/** A piece of a line, in cells: column and row, from the first number of the grid on. */
export type Piece = readonly [x0: number, y0: number, x1: number, y1: number];

/** About `count` levels between the least and the greatest finite number; logarithmic where they are far apart. */
export function levelsOf(values: ArrayLike<number>, count = 12): number[] {
  let [least, greatest] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  if (!(greatest > least)) return [];
  const offset = (greatest - least) * 0.01;
  const isFar = least > 0 ? greatest / least > 20 : greatest - least > 20 * Math.max(Math.abs(least), 1e-9);
  return Array.from({ length: count }, (_, level) => {
    const share = (level + 1) / (count + 1);
    return isFar ? least + offset * ((1 + (greatest - least) / offset) ** share - 1) : least + (greatest - least) * share ** 1.5;
  });
}

/** The line of one level; cells with a number that is not finite have none. */
export function contour(values: ArrayLike<number>, side: number, level: number): Piece[] {
  const pieces: Piece[] = [];
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const corners = [values[row * side + column]!, values[row * side + column + 1]!, values[(row + 1) * side + column + 1]!, values[(row + 1) * side + column]!];
      if (!corners.every(Number.isFinite)) continue;
      const crossings = crossed(corners as [number, number, number, number], level, column, row);
      if (crossings.length === 2) pieces.push([...crossings[0]!, ...crossings[1]!]);
      if (crossings.length === 4) pieces.push(...saddle(corners, level, crossings));
    }
  }
  return pieces;
}

const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]] as const;

/** Where the level crosses the edges of a cell, going around. */
function crossed(corners: readonly [number, number, number, number], level: number, column: number, row: number): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let edge = 0; edge < 4; edge++) {
    const [from, to] = [corners[edge]!, corners[(edge + 1) % 4]!];
    if (from < level === to < level) continue;
    const share = (level - from) / (to - from);
    const [[x0, y0], [x1, y1]] = [CORNERS[edge]!, CORNERS[(edge + 1) % 4]!];
    found.push([column + x0 + share * (x1 - x0), row + y0 + share * (y1 - y0)]);
  }
  return found;
}

/** Two lines go through a saddle: the middle says which ends belong together. */
function saddle(corners: readonly number[], level: number, [a, b, c, d]: readonly (readonly [number, number])[]): Piece[] {
  const middle = corners.reduce((sum, value) => sum + value, 0) / 4;
  return corners[0]! < level === middle < level ? [[...a!, ...b!], [...c!, ...d!]] : [[...a!, ...d!], [...b!, ...c!]];
}

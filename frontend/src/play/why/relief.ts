/** A surface seen from above and aside: a parallel projection, turned by two angles. */

export interface View {
  /** Radians around the upright axis. */
  turn: number;
  /** Radians from flat (0) to straight down (π/2). */
  tilt: number;
}

export const FIRST_VIEW: View = { turn: -0.7, tilt: 0.6 };
const LEAST_TILT = 0.1;
const MOST_TILT = Math.PI / 2;

export const turned = ({ turn, tilt }: View, by: number, up: number): View => ({
  turn: (turn + by) % (2 * Math.PI),
  tilt: Math.min(Math.max(tilt + up, LEAST_TILT), MOST_TILT),
});

/** From x, y in [-1, 1] and height in [0, 1] to the screen: right, down, and how far away. */
export function project({ turn, tilt }: View, x: number, y: number, height: number): [number, number, number] {
  const across = x * Math.cos(turn) - y * Math.sin(turn);
  const away = x * Math.sin(turn) + y * Math.cos(turn);
  return [across, -away * Math.sin(tilt) - height * Math.cos(tilt), away];
}

/** The heights of a grid, 0 to 1, steep ends taken in: by the logarithm where losses are far apart. */
export function heightsOf(values: ArrayLike<number>): Float64Array {
  const finite = Array.from(values).filter(Number.isFinite);
  const [least, greatest] = [Math.min(...finite), Math.max(...finite)];
  const span = greatest - least || 1;
  const isFar = span > 20 * Math.max(Math.abs(least), 1e-9);
  const scale = isFar ? 100 : 0;
  const height = (value: number) => (scale ? Math.log1p((scale * (value - least)) / span) / Math.log1p(scale) : (value - least) / span);
  return Float64Array.from(values, (value) => (Number.isFinite(value) ? height(value) : NaN));
}

/** The cells of a grid (by the number of their first corner), the farthest first. */
export function farthestFirst(side: number, view: View): number[] {
  const cells: [number, number][] = [];
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      cells.push([row * side + column, project(view, column + 0.5, row + 0.5, 0)[2]]);
    }
  }
  return cells.sort(([, one], [, other]) => other - one).map(([cell]) => cell);
}

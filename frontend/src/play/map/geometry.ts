/** Places of the plane on the map and back. x2 grows upwards. */
export type Domain = readonly [readonly [number, number], readonly [number, number]];

/** Where data sets are drawn. */
export const USUAL: Domain = [[-6, 6], [-6, 6]];

/** The plot within the map, in pixels: room for ticks is left and below. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export const boxOf = (width: number): Box => ({ left: 34, top: 6, width: Math.max(40, width - 34 - 8), height: Math.max(40, width - 34 - 8) });

export const toScreen = (box: Box, [[left, right], [low, high]]: Domain, x: number, y: number): [number, number] => [
  box.left + ((x - left) / (right - left)) * box.width,
  box.top + (1 - (y - low) / (high - low)) * box.height,
];

export const toPlane = (box: Box, [[left, right], [low, high]]: Domain, x: number, y: number): [number, number] => [
  left + ((x - box.left) / box.width) * (right - left),
  low + (1 - (y - box.top) / box.height) * (high - low),
];

/** The cell of a picture of `side` by `side` at a place of the plane, by its row from the top; null outside. */
export function cellAt(side: number, [[left, right], [low, high]]: Domain, x: number, y: number): number | null {
  const column = Math.floor(((x - left) / (right - left)) * side);
  const row = Math.floor((1 - (y - low) / (high - low)) * side);
  return column < 0 || column >= side || row < 0 || row >= side ? null : row * side + column;
}

/** Round numbers between two ends, about `count` of them. */
export function ticksBetween(least: number, greatest: number, count = 5): number[] {
  const rough = (greatest - least) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 3, 5, 10].map((factor) => factor * power).find((one) => one >= rough * 0.999) ?? rough;
  const first = Math.ceil(least / step - 1e-9);
  const last = Math.floor(greatest / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)) + 0); // + 0: never -0
}

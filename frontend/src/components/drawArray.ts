import { css, mix, rgbOf } from "./colours";
import { prepare } from "./drawHeat";

/** An array as pictures: tiles of rows and columns, side by side. */
export interface Tiles {
  rows: number;
  columns: number;
  count: number;
  /** Where the number of a tile, row and column is in the flat values. */
  at(tile: number, row: number, column: number): number;
}

/**
 * How an array is laid out: a matrix as one tile, or a tile for each unit where it takes from a square; filters (height, width, inputs, outputs) and feature maps
 * (height, width, channels) as a tile for each.
 */
export function tilesOf(shape: readonly number[]): Tiles {
  const size = shape.filter((length, index) => length !== 1 || index >= shape.length - 2);
  if (size.length <= 1) return { rows: 1, columns: size[0] ?? 1, count: 1, at: (_, __, column) => column };
  const side = Math.sqrt(size[0]!);
  if (size.length === 2 && side >= 7 && Number.isInteger(side)) {
    // What a unit takes from a square picture is seen as that picture.
    return { rows: side, columns: side, count: size[1]!, at: (tile, row, column) => (row * side + column) * size[1]! + tile };
  }
  if (size.length === 2) return { rows: size[0]!, columns: size[1]!, count: 1, at: (_, row, column) => row * size[1]! + column };
  const [rows = 1, columns = 1] = size;
  const count = size.slice(2).reduce((product, length) => product * length, 1);
  return { rows, columns, count, at: (tile, row, column) => (row * columns + column) * count + tile };
}

export const MOST_TILES = 64;

export interface Picture {
  width: number;
  height: number;
}

/** No array is higher than this, in pixels. */
const HIGHEST = 560;

/** Whole pixels where there is room for them, so that all cells are alike. */
const cellSize = (byWidth: number, byHeight: number): number => {
  const size = Math.min(22, byWidth, byHeight);
  return size >= 1 ? Math.floor(size) : size;
};

/** Negative numbers in one colour, positive ones in another, zero as the ground; the strongest is the largest in size. */
export function drawArray(canvas: HTMLCanvasElement, values: ArrayLike<number>, tiles: Tiles, room: number): Picture {
  const count = Math.min(tiles.count, MOST_TILES);
  const across = count === 1 ? 1 : Math.min(count, Math.max(1, Math.floor(room / Math.max(44, tiles.columns * 3 + 6))));
  const gap = count === 1 ? 0 : 6;
  const cell = cellSize((room - (across - 1) * gap) / across / tiles.columns, HIGHEST / tiles.rows);
  const fits = cell * tiles.columns * across + (across - 1) * gap;
  const down = Math.ceil(count / across);
  const picture = { width: fits, height: down * (cell * tiles.rows + gap) - gap };
  const context = prepare(canvas, picture.width, picture.height);
  const [low, zero, high] = [rgbOf("--line-2"), rgbOf("--raised"), rgbOf("--line-1")];
  const most = largest(values) || 1;
  for (let tile = 0; tile < count; tile++) {
    const left = (tile % across) * (cell * tiles.columns + gap);
    const top = Math.floor(tile / across) * (cell * tiles.rows + gap);
    for (let row = 0; row < tiles.rows; row++) {
      for (let column = 0; column < tiles.columns; column++) {
        const value = values[tiles.at(tile, row, column)] ?? NaN;
        context.fillStyle = Number.isFinite(value) ? css(mix(zero, value < 0 ? low : high, Math.abs(value) / most)) : css(rgbOf("--bad"));
        context.fillRect(left + column * cell, top + row * cell, Math.max(cell, 1), Math.max(cell, 1));
      }
    }
  }
  return picture;
}

export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(values[index]!);
    if (size > most && Number.isFinite(size)) most = size;
  }
  return most;
}

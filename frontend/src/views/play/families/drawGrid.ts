import { css, inkOn, mix, rgbOf, type Rgb } from "../../../components/colours";
import { prepare } from "../../../components/drawHeat";
import { formatNumber } from "../../../analysis/numbers";
import { signedPalette } from "../../../play/palette";

/** How numbers are coloured: ink on paper from 0 to 1, shares from 0 to 1, or both sides of 0. */
export type Scale = "ink" | "share" | "signed";

export interface Place {
  row: number;
  column: number;
}

export interface Box extends Place {
  rows: number;
  columns: number;
}

export interface Grid {
  rows: number;
  columns: number;
  values: ArrayLike<number>;
  scale: Scale;
  /** The size that has the full colour; 1 unless it is given. */
  most?: number | undefined;
  /** Whether numbers are written in their cells. */
  isWritten?: boolean | undefined;
  chosen?: Place | null | undefined;
  /** Cells that are framed together. */
  box?: Box | null | undefined;
}

export function colourIn(scale: Scale, value: number, most: number): Rgb {
  const { minus, zero, plus, bad } = signedPalette();
  if (!Number.isFinite(value)) return bad;
  const share = value / most;
  if (scale === "ink") return mix(rgbOf("--ground"), rgbOf("--text"), share);
  if (scale === "share") return mix(rgbOf("--ground"), plus, share);
  return mix(zero, share < 0 ? minus : plus, Math.abs(share));
}

/** Cells of fewer pixels have no room for a number. */
const NARROWEST = 26;

/** Cells side by side over the whole width; the height follows, or is given. */
export function drawGrid(canvas: HTMLCanvasElement, grid: Grid, width: number, height: number): void {
  const { rows, columns, values, scale, most = 1, isWritten = false } = grid;
  const context = prepare(canvas, width, height);
  const [wide, high] = [width / columns, height / rows];
  context.font = `${Math.min(13, Math.max(9, wide * 0.3))}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column] ?? NaN;
      const colour = colourIn(scale, value, most || 1);
      const [left, top] = [Math.round(column * wide), Math.round(row * high)];
      context.fillStyle = css(colour);
      context.fillRect(left, top, Math.round((column + 1) * wide) - left, Math.round((row + 1) * high) - top);
      if (isWritten && wide >= NARROWEST) {
        context.fillStyle = inkOn(colour);
        context.fillText(shortNumber(value), (column + 0.5) * wide, (row + 0.5) * high);
      }
    }
  }
  context.strokeStyle = css(rgbOf("--edge"));
  context.lineWidth = 1;
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
  if (grid.box) frame(context, grid.box, wide, high);
  if (grid.chosen) frame(context, { ...grid.chosen, rows: 1, columns: 1 }, wide, high);
}

function frame(context: CanvasRenderingContext2D, { row, column, rows, columns }: Box, wide: number, high: number): void {
  const [left, top, width, height] = [column * wide + 1, row * high + 1, columns * wide - 2, rows * high - 2];
  context.strokeStyle = css(rgbOf("--ground"));
  context.lineWidth = 4;
  context.strokeRect(left, top, width, height);
  context.strokeStyle = css(rgbOf("--way"));
  context.lineWidth = 2;
  context.strokeRect(left, top, width, height);
}

/** As many figures as a cell has room for. */
export const shortNumber = (value: number): string => {
  if (!Number.isFinite(value)) return formatNumber(value);
  const text = Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(2);
  return text.replace(/^-?0\.00$/, "0").replace("-", "−");
};

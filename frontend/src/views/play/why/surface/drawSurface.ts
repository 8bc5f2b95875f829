/** The error surface on a canvas: as contours with axes, and as a relief. */
import { colourOf, css, mix, rgbOf } from "../../../../components/colours";
import { prepare } from "../../../../components/drawHeat";
import { formatTicks } from "../../../../analysis/numbers";
import { ticksBetween, toScreen, type Box, type Domain } from "../../../../play/map/geometry";
import { contour, levelsOf } from "../../../../play/why/contours";
import { between } from "../../../../play/why/grid";
import { farthestFirst, heightsOf, project, type View } from "../../../../play/why/relief";

export interface SurfaceNumbers {
  side: number;
  loss: Float32Array;
  /** The ends of both axes. */
  domain: Domain;
  /** Coordinates of the path, the last ones now. */
  path: readonly (readonly [number, number])[];
  names: readonly [string, string];
}

const ROOM = { left: 56, right: 10, top: 8, bottom: 42 };
export const contourBox = (width: number): Box => {
  const size = Math.max(80, width - ROOM.left - ROOM.right);
  return { left: ROOM.left, top: ROOM.top, width: size, height: Math.min(size, 420) };
};
export const contourHeight = (width: number): number => contourBox(width).height + ROOM.top + ROOM.bottom;

/** From low (pale) to high. */
function shade(height: number): string {
  return css(mix(rgbOf("--ground"), rgbOf("--line-8"), 0.06 + 0.6 * height));
}

export function drawContours(canvas: HTMLCanvasElement, width: number, surface: SurfaceNumbers): void {
  const context = prepare(canvas, width, contourHeight(width));
  const box = contourBox(width);
  fillCells(context, box, surface);
  drawLevels(context, box, surface);
  drawFrame(context, box, surface);
  drawPath(context, surface.path.map(([a, b]) => toScreen(box, surface.domain, a, b)), box);
}

function fillCells(context: CanvasRenderingContext2D, box: Box, { side, loss }: SurfaceNumbers): void {
  const heights = heightsOf(loss);
  const [wide, high] = [box.width / side, box.height / side];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const height = heights[row * side + column]!;
      context.fillStyle = Number.isNaN(height) ? colourOf("--sunken") : shade(height);
      context.fillRect(box.left + column * wide, box.top + box.height - (row + 1) * high, Math.ceil(wide), Math.ceil(high));
    }
  }
}

function drawLevels(context: CanvasRenderingContext2D, box: Box, { side, loss }: SurfaceNumbers): void {
  context.strokeStyle = colourOf("--soft");
  context.lineWidth = 1;
  const at = (x: number, y: number): [number, number] => [box.left + (x / (side - 1)) * box.width, box.top + (1 - y / (side - 1)) * box.height];
  for (const level of levelsOf(loss)) {
    context.beginPath();
    for (const [x0, y0, x1, y1] of contour(loss, side, level)) {
      context.moveTo(...at(x0, y0));
      context.lineTo(...at(x1, y1));
    }
    context.stroke();
  }
}

function drawFrame(context: CanvasRenderingContext2D, box: Box, { domain, names }: SurfaceNumbers): void {
  context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = colourOf("--text");
  context.strokeStyle = colourOf("--edge");
  context.strokeRect(box.left + 0.5, box.top + 0.5, box.width - 1, box.height - 1);
  const [across, up] = [ticksBetween(...domain[0]), ticksBetween(...domain[1])];
  context.textAlign = "center";
  context.textBaseline = "top";
  formatTicks(across).forEach((text, index) => context.fillText(text, toScreen(box, domain, across[index]!, domain[1][0])[0], box.top + box.height + 5));
  context.fillText(names[0], box.left + box.width / 2, box.top + box.height + 22);
  context.textAlign = "right";
  context.textBaseline = "middle";
  formatTicks(up).forEach((text, index) => context.fillText(text, box.left - 5, toScreen(box, domain, domain[0][0], up[index]!)[1]));
  context.save();
  context.translate(9, box.top + box.height / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = "center";
  context.fillText(names[1], 0, 0);
  context.restore();
}

/** The path with its beginning (a ring) and its end (a disc). */
function drawPath(context: CanvasRenderingContext2D, path: readonly (readonly [number, number])[], clip: Box | null): void {
  const [first, last] = [path[0], path.at(-1)];
  if (!first || !last) return;
  context.save();
  if (clip) {
    context.beginPath();
    context.rect(clip.left, clip.top, clip.width, clip.height);
    context.clip();
  }
  for (const [colour, width] of [["--ground", 4.5], ["--way", 2.2]] as const) {
    context.strokeStyle = colourOf(colour);
    context.lineWidth = width;
    context.lineJoin = "round";
    context.beginPath();
    path.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.stroke();
  }
  context.lineWidth = 2;
  for (const [[x, y], radius, isFilled] of [[first, 4.5, false], [last, 6, true]] as const) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = colourOf(isFilled ? "--way" : "--ground");
    context.strokeStyle = colourOf(isFilled ? "--ground" : "--way");
    context.fill();
    context.stroke();
  }
  context.restore();
}

/** The surface as a relief, drawn from behind to the front, the path on it. */
export function drawRelief(canvas: HTMLCanvasElement, width: number, height: number, surface: SurfaceNumbers, view: View): void {
  const context = prepare(canvas, width, height);
  const { side, loss, domain, path } = surface;
  const heights = heightsOf(loss);
  const scale = Math.min(width, height) * 0.34;
  const at = (column: number, row: number, up: number): [number, number] => {
    const [x, y] = project(view, (2 * column) / (side - 1) - 1, (2 * row) / (side - 1) - 1, up * 1.1);
    return [width / 2 + x * scale, height * 0.62 + y * scale];
  };
  drawBase(context, at, surface, view);
  context.lineWidth = 0.6;
  context.strokeStyle = css(rgbOf("--ground"), 0.55);
  for (const cell of farthestFirst(side, view)) {
    const [row, column] = [Math.floor(cell / side), cell % side];
    const corners = [cell, cell + 1, cell + side + 1, cell + side].map((corner) => heights[corner]!);
    if (corners.some(Number.isNaN)) continue;
    const points = [at(column, row, corners[0]!), at(column + 1, row, corners[1]!), at(column + 1, row + 1, corners[2]!), at(column, row + 1, corners[3]!)];
    context.beginPath();
    points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fillStyle = shade(corners.reduce((sum, one) => sum + one, 0) / 4);
    context.fill();
    context.stroke();
  }
  const [[left, right], [low, high]] = domain;
  const cells = path.map(([a, b]) => [((a - left) / (right - left)) * (side - 1), ((b - low) / (high - low)) * (side - 1)] as const);
  const inside = cells.filter(([x, y]) => x >= 0 && y >= 0 && x <= side - 1 && y <= side - 1);
  drawPath(context, inside.map(([x, y]) => at(x, y, between(heights, 0, side, x, y) + 0.015)), null);
}

/** The square below, and the names of both axes at the edges that are nearer. */
function drawBase(context: CanvasRenderingContext2D, at: (column: number, row: number, up: number) => [number, number], { side, names }: SurfaceNumbers, view: View): void {
  const end = side - 1;
  const corners = [at(0, 0, 0), at(end, 0, 0), at(end, end, 0), at(0, end, 0)];
  context.strokeStyle = colourOf("--edge");
  context.lineWidth = 1;
  context.beginPath();
  corners.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
  context.stroke();
  context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = colourOf("--text");
  context.textAlign = "center";
  context.textBaseline = "middle";
  const isNear = (x: number, y: number): boolean => project(view, x, y, 0)[2] < 0;
  const middle = end / 2;
  const [row, column] = [isNear(0, -1) ? -0.09 * end : 1.09 * end, isNear(-1, 0) ? -0.09 * end : 1.09 * end];
  for (const [text, [x, y]] of [[`${names[0]} →`, at(middle, row, 0)], [`${names[1]} →`, at(column, middle, 0)]] as const) context.fillText(text, x, y + 8);
}

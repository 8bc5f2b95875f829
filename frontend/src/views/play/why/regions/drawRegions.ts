/** Bent grids and regions on a canvas. */
import { colourOf, css, mix, rgbOf } from "../../../../components/colours";
import { prepare } from "../../../../components/drawHeat";
import { toScreen, type Box, type Domain } from "../../../../play/map/geometry";
import { drawMapPoints, hasAmounts, scaleOfLabels, seenPoints } from "../../../../play/map/points";
import { classToken, markOf, shapePath, signedPalette } from "../../../../play/palette";
import { colourOf as onScale } from "../../../../play/drawing/colours";
import { between, borders } from "../../../../play/why/grid";

export interface Grid {
  side: number;
  domain: Domain;
}

const boxIn = (width: number): Box => ({ left: 4, top: 4, width: width - 8, height: width - 8 });

/** The plane with the borders between regions; neighbours differ in shade. */
export function drawRegions(canvas: HTMLCanvasElement, width: number, { side, domain }: Grid, pattern: Float32Array): void {
  const context = prepare(canvas, width, width);
  const box = boxIn(width);
  const cell = box.width / (side - 1);
  const [ground, ink] = [rgbOf("--ground"), rgbOf("--line-8")];
  const place = (x: number, y: number): [number, number] => [box.left + x * cell, box.top + box.height - y * cell];
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  for (let at = 0; at < pattern.length; at++) {
    const [x, y] = place((at % side) - 0.5, Math.floor(at / side) + 0.5);
    context.fillStyle = css(mix(ground, ink, 0.05 + 0.3 * ((pattern[at]! * 0.618034) % 1)));
    context.fillRect(x, y, cell + 1, cell + 1);
  }
  context.strokeStyle = colourOf("--text");
  context.lineWidth = 1.4;
  context.beginPath();
  for (const [x0, y0, x1, y1] of borders(pattern, side)) {
    context.moveTo(...place(x0, y0));
    context.lineTo(...place(x1, y1));
  }
  context.stroke();
  context.restore();
  drawMapPoints(context, box, domain, 3);
  frameOf(context, box);
}

/** What two units make of a grid of the plane: its lines, and the points of the data where they come to lie. */
export function drawBent(canvas: HTMLCanvasElement, width: number, { side, domain }: Grid, bent: Float32Array, first: number, second: number): void {
  const context = prepare(canvas, width, width);
  const box = boxIn(width);
  const size = side * side;
  const inner = { left: box.left + 10, top: box.top + 10, width: box.width - 20, height: box.height - 20 };
  const area: Domain = [endsOf(bent.subarray(first * size, (first + 1) * size)), endsOf(bent.subarray(second * size, (second + 1) * size))];
  const at = (x: number, y: number): [number, number] => toScreen(inner, area, between(bent, first * size, side, x, y), between(bent, second * size, side, x, y));
  drawLines(context, side, at);
  const [[left, right], [low, high]] = domain;
  const isRegression = hasAmounts();
  const [palette, scale] = [signedPalette(), scaleOfLabels()];
  context.lineWidth = 1.4;
  for (const { x, y, label } of seenPoints()) {
    const [across, down] = at(((x - left) / (right - left)) * (side - 1), ((y - low) / (high - low)) * (side - 1));
    const path = shapePath(markOf(label, isRegression), across, down, 3);
    context.strokeStyle = colourOf("--ground");
    context.stroke(path);
    context.fillStyle = isRegression ? css(onScale(palette, label / scale)) : colourOf(classToken(label));
    context.fill(path);
  }
  frameOf(context, box);
}

/** So many lines each way. */
const LINES = 12;

/** Lines of the grid: those across solid, those upwards dashed. */
function drawLines(context: CanvasRenderingContext2D, side: number, at: (x: number, y: number) => [number, number]): void {
  context.strokeStyle = css(rgbOf("--soft"), 0.75);
  context.lineWidth = 1;
  for (const isAcross of [true, false]) {
    context.setLineDash(isAcross ? [] : [3, 2]);
    for (let line = 0; line < side; line += (side - 1) / LINES) {
      context.beginPath();
      for (let step = 0; step < side; step++) {
        const [x, y] = isAcross ? at(step, line) : at(line, step);
        if (step) context.lineTo(x, y);
        else context.moveTo(x, y);
      }
      context.stroke();
    }
  }
  context.setLineDash([]);
}

function endsOf(values: Float32Array): [number, number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return greatest - least > 1e-9 ? [least, greatest] : [least - 1, least + 1];
}

function frameOf(context: CanvasRenderingContext2D, { left, top, width, height }: Box): void {
  context.strokeStyle = colourOf("--edge");
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
}

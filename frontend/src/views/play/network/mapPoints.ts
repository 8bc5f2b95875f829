/** Points of the data on a map. */
import { css } from "../../../components/colours";
import { weightColour, type Palette } from "../../../play/drawing/colours";
import type { MapPoint } from "../../../play/drawing/svg";
import type { PlayData } from "../../../play/frames";

/** Labels as the map has answers: of two classes -1 and 1, of amounts between -1 and 1 over their range. */
export function pointsOf({ problem, classes, range, y, part, shown }: PlayData): MapPoint[] {
  const [least, greatest] = problem === "classification" ? [0, Math.max(1, classes - 1)] : range;
  return Array.from(y, (label, row) => ({
    x: shown[2 * row]!, y: shown[2 * row + 1]!, value: (2 * (label - least)) / (greatest - least || 1) - 1, test: part[row] === 1,
  }));
}

export function paintPoints(context: CanvasRenderingContext2D, data: PlayData, palette: Palette, side: number): void {
  const [[x0, x1], [y0, y1]] = data.domain;
  for (const { x, y, value, test } of pointsOf(data)) {
    if (test) continue;
    context.beginPath();
    context.arc(((x - x0) / (x1 - x0)) * side, ((y1 - y) / (y1 - y0)) * side, 1.8, 0, 2 * Math.PI);
    context.fillStyle = css(weightColour(palette, value || 1e-3));
    context.fill();
    context.lineWidth = 0.5;
    context.strokeStyle = "#fff";
    context.stroke();
  }
}

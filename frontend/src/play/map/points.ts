/** The points on the map: from the state where they are one's own and drawn by hand, else from the engine. */
import { colourOf, css } from "../../components/colours";
import { canDraw } from "../data/own";
import { colourOf as colourOnScale } from "../drawing/colours";
import { classToken, markOf, shapePath, signedPalette } from "../palette";
import { selectedPoint } from "../selection";
import { data } from "../session";
import { state } from "../store";
import { toScreen, type Box, type Domain } from "./geometry";

export interface MapPoint {
  row: number;
  x: number;
  y: number;
  label: number;
  isTest: boolean;
}

export function pointsOfMap(): MapPoint[] {
  if (canDraw()) return state.value.data.points.map(({ x, y, test }, row) => ({ row, x: x[0]!, y: x[1]!, label: y, isTest: test }));
  const now = data.value;
  if (!now) return [];
  return Array.from(now.y, (label, row) => ({ row, x: now.shown[2 * row]!, y: now.shown[2 * row + 1]!, label, isTest: now.part[row] === 1 }));
}

/** Whether the labels of the map's points are amounts: the state may be ahead of the engine's points. */
export const hasAmounts = (): boolean => (canDraw() ? state.value.data.problem : data.value?.problem) === "regression";

/** Test points are seen when they are asked for. */
export const seenPoints = (): MapPoint[] => pointsOfMap().filter(({ isTest }) => !isTest || state.value.view.show_test);

/** The nearest point that is seen, within so many pixels. */
export function nearestPoint(box: Box, domain: Domain, x: number, y: number, within = Infinity): MapPoint | null {
  let [found, least]: [MapPoint | null, number] = [null, within];
  for (const point of seenPoints()) {
    const [left, top] = toScreen(box, domain, point.x, point.y);
    const distance = Math.hypot(left - x, top - y);
    if (distance <= least) [found, least] = [point, distance];
  }
  return found;
}

const SIZE = 3.6;

/** The largest label of a regression in size: full colour. */
export const scaleOfLabels = (): number => Math.max(...(data.value?.range ?? [-1, 1]).map(Math.abs), 1e-9);

export function drawMapPoints(context: CanvasRenderingContext2D, box: Box, domain: Domain, size = SIZE): void {
  const isRegression = hasAmounts();
  const [ground, text, way, palette, scale] = [colourOf("--ground"), colourOf("--text"), colourOf("--way"), signedPalette(), scaleOfLabels()];
  const selected = selectedPoint.value;
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  for (const { row, x, y, label, isTest } of seenPoints()) {
    const [left, top] = toScreen(box, domain, x, y);
    const isSelected = selected !== null && "row" in selected && selected.row === row;
    const path = shapePath(markOf(label, isRegression), left, top, isSelected ? size * 1.7 : size);
    context.lineWidth = (isSelected ? 6 : isTest ? 2 : 1.6) * Math.min(1, size / SIZE);
    context.strokeStyle = isSelected ? way : isTest ? text : ground;
    context.stroke(path);
    context.fillStyle = isRegression ? css(colourOnScale(palette, label / scale)) : colourOf(classToken(label));
    context.fill(path);
  }
  context.restore();
}

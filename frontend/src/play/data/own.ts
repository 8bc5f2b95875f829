/** Points of one's own: begun, added, taken away. */
import { signal } from "@preact/signals";
import { USUAL, type Domain } from "../map/geometry";
import { data } from "../session";
import type { OwnPoint } from "../state";
import { changeData, state, type How } from "../store";
import { splitPoints } from "./split";
import { isTrainable } from "./trainable";

/** Whether clicks on the map draw points, which class or value they have, and whether they are for the test. */
export const isDrawing = signal(false);
export const drawnAnswer = signal(0);
export const drawsTest = signal(false);
/** What the map shows at least while points are drawn: it must not move under the hand. */
export const drawnDomain = signal<Domain>(USUAL);

export function setDrawing(on: boolean): void {
  if (on) drawnDomain.value = domainOf();
  isDrawing.value = on;
}

/** The part of the plane that the map shows. */
export function domainOf(): Domain {
  const told = data.value?.domain ?? USUAL;
  if (!canDraw() || !isDrawing.value) return told;
  const kept = drawnDomain.value;
  if (!isTrainable(state.value)) return kept;
  const side = (axis: 0 | 1) => [Math.min(told[axis][0], kept[axis][0]), Math.max(told[axis][1], kept[axis][1])] as const;
  return [side(0), side(1)];
}

/** Points can be drawn where the map shows the two inputs themselves. */
export const canDraw = (): boolean => state.value.data.name === "own" && state.value.data.columns.length === 2 && state.value.data.axes.join() === "0,1";

export function beginEmpty(): void {
  changeData({ name: "own", points: [], columns: ["x1", "x2"], axes: [0, 1] });
  drawnDomain.value = USUAL;
  isDrawing.value = true;
}

/** The points that are drawn become one's own, to be changed. */
export function copyPoints(): void {
  const { x, y, part } = data.peek()!;
  const [count = 0, width = 2] = x.shape;
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const points = Array.from({ length: count }, (_, row): OwnPoint => ({
    x: Array.from(x.values.subarray(row * width, (row + 1) * width), round), y: round(y[row]!), test: part[row] === 1,
  }));
  setDrawing(true);
  changeData({ name: "own", points, columns: [...data.peek()!.columns], axes: [0, 1], classes: Math.max(2, data.peek()!.classes), stretch: 1, tilt: 0, noise: 0 });
}

export const addPoint = (x: number[], y: number, how?: How): void =>
  changeData({ points: [...state.peek().data.points, { x, y, test: drawsTest.peek() }] }, how);

/** The points that a drag drew are one step to undo. */
export const endDrawing = (): void => changeData({});

export const removePoint = (index: number): void =>
  changeData({ points: state.peek().data.points.filter((_, at) => at !== index) });

/** Points that are drawn are split by the engine, one's own are split here. */
export function changeTrainShare(train_share: number, dragging: boolean): void {
  const { name, points } = state.peek().data;
  changeData({ train_share, ...(name === "own" && { points: splitPoints(points, train_share) }) }, { dragging });
}

/** Points of one's own: checked, one clear line for each thing that cannot be. */
import type { DataState } from "../../../state";
import type { Points } from "./draw";

const LARGEST = 1e6;

export function ownPoints(state: DataState): Points & { test: Uint8Array } {
  const width = state.columns.length;
  if (width === 0) throw new Error("points of your own need at least one column of inputs");
  state.points.forEach((point, i) => {
    if (point.x.length !== width) throw new Error(`point ${i + 1} has ${point.x.length} inputs, but there are ${width} columns`);
    if ([...point.x, point.y].some((number) => Math.abs(number) > LARGEST)) {
      throw new Error(`point ${i + 1} has a number beyond 1,000,000: scale the column down`);
    }
    if (state.problem === "classification" && !(Number.isInteger(point.y) && point.y >= 0 && point.y < state.classes)) {
      throw new Error(`point ${i + 1} has the label ${point.y}: labels are whole numbers from 0 to ${state.classes - 1}`);
    }
  });
  if (state.points.every((point) => point.test)) throw new Error("there are no training points: training needs one at least");
  return {
    x: Float64Array.from(state.points.flatMap((point) => point.x)),
    y: Float64Array.from(state.points, (point) => point.y),
    test: Uint8Array.from(state.points, (point) => Number(point.test)),
  };
}

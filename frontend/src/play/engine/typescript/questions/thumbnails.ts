/** A few points of every data set, without noise. */
import { DATA_SETS, drawnPoints } from "../data";
import type { Numbers } from "../envelope";
import { START, type DataState } from "../../../state";
import type { Question } from "./question";

const POINTS = 200;

export const thumbnails: Question = ({ state }) => {
  const sets = Object.values(DATA_SETS).flatMap((known) => Object.entries(known));
  const arrays = sets.map(([name, drawn]): Numbers => {
    const fields: DataState = { ...START.data, count: POINTS, classes: state.data.classes };
    const { x, y } = drawnPoints(fields, drawn);
    const values = new Float32Array(3 * POINTS);
    for (let i = 0; i < POINTS; i++) values.set([x[2 * i]!, x[2 * i + 1]!, y[i]!], 3 * i);
    return { name, shape: [POINTS, 3], values };
  });
  return { values: {}, arrays };
};

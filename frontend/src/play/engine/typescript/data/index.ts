/** The data of a state, as `pellucid/playground/data` makes it: drawn or given, distorted if asked, split, laid out on the map. */
import type { DataState } from "../../../state";
import { dataKey, foldIn, randomOrder } from "../random";
import * as amounts from "./amounts";
import * as classes from "./classes";
import { Draw, type Points } from "./draw";
import { ownPoints } from "./own";
import { domainAround, planeOf, show, type Domain, type Plane } from "./plane";

interface DataSet {
  draw: (draw: Draw) => Points;
  count: number;
  domain: Domain;
  anyClasses: boolean;
}

const SHUFFLE = 1000;
const PLANE: Domain = [[-6, 6], [-6, 6]];
const GATE: Domain = [[-1, 2], [-1, 2]];
const set = (draw: DataSet["draw"], count = 500, anyClasses = false, domain = PLANE): DataSet => ({ draw, count, anyClasses, domain });

export const DATA_SETS: Record<DataState["problem"], Record<string, DataSet>> = {
  classification: {
    circle: set(classes.circle),
    xor: set(classes.xor),
    gauss: set(classes.gauss),
    spiral: set(classes.spiral),
    moons: set(classes.moons),
    rings: set(classes.rings, 500, true),
    checkerboard: set(classes.checkerboard),
    blobs: set(classes.blobs, 500, true),
    and: set(classes.andGate, 200, false, GATE),
    or: set(classes.orGate, 200, false, GATE),
    xor_gate: set(classes.xorGate, 200, false, GATE),
  },
  regression: { plane: set(amounts.plane, 1200), hills: set(amounts.hills, 1200), valley: set(amounts.valley, 500) },
};

export interface PlayData extends Points {
  test: Uint8Array;
  columns: string[];
  /** How many classes there are; 0 in regression. */
  classes: number;
  plane: Plane;
  domain: Domain;
  shown: Float64Array;
}

/** The data of `state`. Throws, in one line, for what cannot be. */
export function makeData(state: DataState): PlayData {
  const classify = state.problem === "classification";
  const drawn = state.name === "own" ? null : dataSet(state);
  const { x: raw, y, test } = drawn ? split(drawnPoints(state, drawn), state) : ownPoints(state);
  const columns = drawn ? ["x1", "x2"] : state.columns;
  const count = drawn && !drawn.anyClasses ? 2 : state.classes;
  const width = columns.length;
  const x = distort(raw, width, state);
  const plane = planeOf(x.filter((_, i) => !test[Math.floor(i / width)]), width, state.axes);
  const shown = show(plane, x);
  const usual = drawn && state.axes[0] === 0 && state.axes[1] === 1;
  const domain = usual ? distortedDomain(drawn.domain, state) : domainAround(shown);
  return { x, y, test, columns, classes: classify ? count : 0, plane, domain, shown };
}

function dataSet(state: DataState): DataSet {
  const known = DATA_SETS[state.problem];
  const found = known[state.name];
  if (found) return found;
  throw new Error(`${state.name} is no data set for ${state.problem}: choose one of ${Object.keys(known).join(", ")}, or own`);
}

/** The points of a data set in the order in which they are drawn. */
export function drawnPoints(state: DataState, { draw, count, anyClasses }: DataSet): Points {
  return draw(new Draw(dataKey(state.seed), state.count ?? count, state.noise / 100, anyClasses ? state.classes : 2));
}

/** The points shuffled, the training part first. */
function split(points: Points, state: DataState): Points & { test: Uint8Array } {
  const count = points.y.length;
  const order = randomOrder(foldIn(dataKey(state.seed), SHUFFLE), count);
  const training = Math.max(2, Math.floor((count * state.train_share) / 100));
  const x = new Float64Array(2 * count);
  order.forEach((row, i) => x.set(points.x.subarray(2 * row, 2 * row + 2), 2 * i));
  return { x, y: Float64Array.from(order, (row) => points.y[row]!), test: Uint8Array.from(order, (_, i) => Number(i >= training)) };
}

/** The first two inputs correlated and the second one stretched. */
function distort(x: Float64Array, width: number, { tilt, stretch }: DataState): Float64Array {
  if (width < 2 || (tilt === 0 && stretch === 1)) return x;
  const result = x.slice();
  for (let at = 0; at < x.length; at += width) {
    result[at + 1] = stretch * (tilt * x[at]! + Math.sqrt(1 - tilt ** 2) * x[at + 1]!);
  }
  return result;
}

function distortedDomain(usual: Domain, { tilt, stretch }: DataState): Domain {
  if (tilt === 0 && stretch === 1) return usual;
  const ends = usual[0].flatMap((x1) => usual[1].map((x2) => stretch * (tilt * x1 + Math.sqrt(1 - tilt ** 2) * x2)));
  return [usual[0], [Math.min(...ends), Math.max(...ends)]];
}

/** From what a question says it is about to its subject: the network and the examples, as `questions/about.py` has it. */
import { featuresOf } from "../features";
import { decide, targetsOf } from "../objective";
import { pickRows, type PlayNetwork } from "../play_network";
import type { Training } from "../training";
import { trainingOf, type About, type Scene } from "./question";
import { Subject } from "./subject";

/** The network with its `example`, or with the batch of the next step. */
export function subjectOf(scene: Scene, about: About): Subject {
  const training = trainingOf(scene, about);
  const { example = null } = about;
  if (example === null) {
    const { order, start, rows } = training.nextBatch();
    return rowsOf(training, [...order.subarray(start, start + rows)], true);
  }
  if (typeof example !== "object") throw new Error(`example is a row, or x and y, not ${told(example)}`);
  return exampleOf(training, example as { row?: unknown; x?: unknown; y?: unknown });
}

/** The network with all training points, or with at most so many of them, at equal distances. */
export function trainingSubject(training: Training, most = Infinity): Subject {
  const every = Math.max(1, Math.ceil(training.network.training / most));
  const rows = Array.from({ length: Math.ceil(training.network.training / every) }, (_, i) => i * every);
  return rowsOf(training, rows, false);
}

/** The network with its test points. */
export function testSubject(training: Training): Subject {
  const { training: first, labels } = training.network;
  return rowsOf(training, Array.from({ length: labels.length - first }, (_, i) => first + i), false);
}

function rowsOf(training: Training, points: number[], taken: boolean): Subject {
  const { x, targets, layers: { inputs }, objective: { outputs } } = training.network;
  return new Subject(training, pickRows(x, inputs, points), pickRows(targets, outputs, points), taken);
}

function exampleOf(training: Training, example: { row?: unknown; x?: unknown; y?: unknown }): Subject {
  const { network } = training;
  if ("row" in example) {
    const point = network.rows.indexOf(example.row as number);
    if (point < 0) throw new Error(`there are points 0 to ${network.rows.length - 1}, not ${told(example.row)}`);
    return rowsOf(training, [point], false);
  }
  const x = inputsOf(network, pointOf(network, example.x));
  const label = example.y === undefined || example.y === null ? decided(training, x) : labelOf(network, example.y);
  return new Subject(training, x, targetsOf(network.objective, Float64Array.of(label)), false);
}

/** What goes into the network for points as the data have them. */
export function inputsOf({ data, state, preparation }: PlayNetwork, x: Float64Array): Float64Array {
  return preparation.apply(featuresOf(state.features, x, data.columns.length));
}

function pointOf({ data: { columns } }: PlayNetwork, x: unknown): Float64Array {
  if (!Array.isArray(x) || x.length !== columns.length || !x.every(isNumber)) {
    throw new Error(`the x of an example is ${columns.length} numbers, not ${told(x)}`);
  }
  return Float64Array.from(x);
}

function labelOf({ data: { classes } }: PlayNetwork, y: unknown): number {
  if (isNumber(y) && (!classes || (Number.isInteger(y) && y >= 0 && y < classes))) return y;
  throw new Error(`the y of an example is ${classes ? `a class from 0 to ${classes - 1}` : "a number"}, not ${told(y)}`);
}

/** A point without a label has the one that the network gives it. */
function decided({ network: { layers, objective }, now }: Training, x: Float64Array): number {
  layers.input.set(x);
  layers.forward(now.w, 1);
  return objective.classes ? decide(objective.outputs, layers.y, 0) : layers.y[0]!;
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Math.abs(value) <= 1e6;
const told = (value: unknown): string => JSON.stringify(value)?.slice(0, 40) ?? "nothing";

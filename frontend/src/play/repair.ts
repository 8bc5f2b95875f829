/** Any value as a state: what cannot be is put right, and each such thing is named. */
import { DATA_FIELDS, MOST_NETWORKS, NETWORK_FIELDS, VIEW_FIELDS, isRecord, type Fields } from "./fields";
import { REGRESSION, START, type DataState, type NetworkState, type PlayState } from "./state";

/** What was not taken as it was given: `taken` is null where it was left out. */
export interface Note {
  field: string;
  given: string;
  taken: string | null;
}

export interface Repaired {
  state: PlayState;
  notes: Note[];
}

/** `given` over `base`: what it does not say is as in the base. */
export function repair(given: unknown, base: PlayState = START): Repaired {
  const notes: Note[] = [];
  const parts = isRecord(given) ? given : {};
  if (!isRecord(given)) notes.push({ field: "state", given: shown(given), taken: null });
  for (const name of Object.keys(parts)) {
    if (!(name in base)) notes.push({ field: name, given: shown(parts[name]), taken: null });
  }
  const data = repairData(repairPart(DATA_FIELDS, parts["data"] ?? {}, base.data, notes), notes);
  const wanted = networksOf(parts["networks"], notes);
  const networks = (wanted ?? base.networks).map((one, index) => {
    const network = repairPart(NETWORK_FIELDS, one, base.networks[index] ?? base.networks[0]!, notes);
    return { ...network, loss: fittingLoss(network, data, notes) };
  });
  const view = repairPart(VIEW_FIELDS, parts["view"] ?? {}, base.view, notes);
  return { state: { version: 1, data, networks, view: { ...view, network: Math.min(view.network, networks.length - 1) } }, notes };
}

function networksOf(given: unknown, notes: Note[]): unknown[] | null {
  if (given === undefined) return null;
  if (Array.isArray(given) && given.length >= 1) {
    if (given.length > MOST_NETWORKS) notes.push({ field: "networks", given: String(given.length), taken: String(MOST_NETWORKS) });
    return given.slice(0, MOST_NETWORKS);
  }
  notes.push({ field: "networks", given: shown(given), taken: null });
  return null;
}

function repairPart<T extends object>(fields: Fields<T>, given: unknown, base: T, notes: Note[]): T {
  if (!isRecord(given)) {
    notes.push({ field: "state", given: shown(given), taken: null });
    return base;
  }
  const out = { ...base };
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name as keyof T] : null;
    const nearest = field?.nearest(value);
    if (field && nearest !== undefined) out[name as keyof T] = nearest;
    if (!field || nearest === undefined) notes.push({ field: name, given: shown(value), taken: null });
    else if (!isWithin(value, nearest)) notes.push({ field: name, given: shown(value), taken: shown(nearest) });
  }
  return out;
}

/** Whether `taken` is what was given; a part of it that was not said has its usual value. */
function isWithin(given: unknown, taken: unknown): boolean {
  if (Array.isArray(given)) return Array.isArray(taken) && given.length === taken.length && given.every((one, index) => isWithin(one, taken[index]));
  if (isRecord(given)) return isRecord(taken) && Object.entries(given).every(([name, value]) => isWithin(value, taken[name]));
  return given === taken;
}

const SHOWN = 40;
/** A value in a message: hostile or huge ones too. */
function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

export const isRegression = (name: string): boolean => (REGRESSION as readonly string[]).includes(name);

/** The parts of the data agree: the problem with the data set, points with columns and classes, axes with columns. */
function repairData(data: DataState, notes: Note[]): DataState {
  const name = data.name === "own" || isRegression(data.name) === (data.problem === "regression") ? data.name : usualData(data.problem);
  if (name !== data.name) notes.push({ field: "name", given: data.name, taken: name });
  const classes = data.problem === "classification" ? data.classes : Infinity;
  const fits = (y: number) => data.problem === "regression" || (Number.isInteger(y) && y >= 0 && y < classes);
  const points = data.points.filter(({ x, y }) => x.length === data.columns.length && fits(y));
  if (points.length < data.points.length) notes.push({ field: "points", given: String(data.points.length), taken: String(points.length) });
  const axes = data.axes.every((axis) => axis < data.columns.length) && Math.min(...data.axes) >= (data.axes[0] === data.axes[1] ? -1 : 0) ? data.axes : START.data.axes;
  return { ...data, name, points, axes: data.columns.length > 1 ? axes : START.data.axes };
}

export const usualData = (problem: DataState["problem"]) => (problem === "regression" ? "plane" : "circle");

/** Cross-entropy and the hinge loss are of classes. */
function fittingLoss(network: NetworkState, data: DataState, notes: Note[]): NetworkState["loss"] {
  const fits = data.problem === "classification" || (network.loss !== "cross_entropy" && network.loss !== "hinge");
  if (fits) return network.loss;
  notes.push({ field: "loss", given: network.loss, taken: "squared" });
  return "squared";
}

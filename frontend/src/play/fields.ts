/** What each part of the state may be, with its name in an address: one table for checking, reading and writing. */
import {
  ACTIVATIONS, CLASSIFICATION, CONTROLS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, PENALTIES, PREPARATIONS, REGRESSION, SCHEDULES,
  type DataState, type LayerState, type NetworkState, type OwnPoint, type ViewState,
} from "./state";

export const MOST_NETWORKS = 4;
export const MOST_LAYERS = 20;
export const MOST_UNITS = 64;
export const MOST_POINTS = 5_000;
const MOST_SEED = 2 ** 31 - 1;
/** For what must be above 0, or below 1. */
const TINY = 1e-9;

export interface Field<T> {
  /** The nearest value that may be; undefined where nothing is near. */
  nearest(given: unknown): T | undefined;
  /** The text of an address as a value to be checked. */
  parse(text: string): unknown;
  format(value: T): string;
}

const toNumber = (text: string): unknown => (text.trim() === "" ? undefined : Number(text));

const number = (least: number, greatest: number): Field<number> => ({
  nearest: (given) => (typeof given === "number" && !Number.isNaN(given) ? Math.min(Math.max(given, least), greatest) : undefined),
  parse: toNumber,
  format: String,
});

const whole = (least: number, greatest: number): Field<number> => {
  const inner = number(least, greatest);
  return { ...inner, nearest: (given) => inner.nearest(typeof given === "number" ? Math.round(given) : given) };
};

const orNone = <T>(inner: Field<T>): Field<T | null> => ({
  nearest: (given) => (given === null ? null : inner.nearest(given)),
  parse: (text) => (text === "none" ? null : inner.parse(text)),
  format: (value) => (value === null ? "none" : inner.format(value)),
});

const oneOf = <T extends string>(names: readonly T[]): Field<T> => ({
  nearest: (given) => names.find((name) => name === given),
  parse: (text) => text,
  format: (value) => value,
});

const flag: Field<boolean> = {
  nearest: (given) => (typeof given === "boolean" ? given : undefined),
  parse: (text) => ({ 1: true, true: true, 0: false, false: false })[text],
  format: (value) => (value ? "1" : "0"),
};

const text = (longest: number): Field<string> => ({
  nearest: (given) => (typeof given === "string" ? given.slice(0, longest) : undefined),
  parse: (given) => given,
  format: (value) => value,
});

/** Of a list what may be in it stays; elements are quoted, for they may hold commas. */
const list = <T>(inner: Field<T>, most: number, { least = 0, unique = false, separator = "," } = {}): Field<T[]> => ({
  nearest: (given) => {
    if (!Array.isArray(given)) return undefined;
    const known = given.map((one) => inner.nearest(one)).filter((one) => one !== undefined);
    const kept = (unique ? [...new Set(known)] : known).slice(0, most);
    return kept.length < least ? undefined : kept;
  },
  parse: (given) => (given === "" ? [] : given.split(separator).map((one) => inner.parse(unquoted(one)))),
  format: (value) => value.map((one) => quoted(inner.format(one))).join(separator),
});

const quoted = (one: string): string => one.replace(/[%,;]/g, encodeURIComponent);

function unquoted(one: string): string {
  try {
    return decodeURIComponent(one);
  } catch {
    return one;
  }
}

const pair: Field<[number, number]> = {
  nearest: (given) => {
    if (!Array.isArray(given) || given.length !== 2) return undefined;
    const [one, other] = given.map((axis) => whole(-1, 19).nearest(axis));
    return one === undefined || other === undefined ? undefined : [one, other];
  },
  parse: (given) => (given === "components" ? [-1, -1] : given.split(",").map(toNumber)),
  format: (value) => (value[0] < 0 ? "components" : value.join()),
};

/** A layer in an address: `4relu`, or `4` for one of tanh. */
const layer: Field<LayerState> = {
  nearest: (given) => {
    if (!isRecord(given)) return undefined;
    const units = whole(1, MOST_UNITS).nearest(given["units"]);
    const activation = oneOf(ACTIVATIONS).nearest(given["activation"] ?? "tanh");
    return units === undefined || activation === undefined ? undefined : { units, activation };
  },
  parse: (given) => {
    const [, units = "", activation] = /^([\d.+-]+)(\w*)$/.exec(given) ?? [];
    return { units: toNumber(units), activation: activation || "tanh" };
  },
  format: ({ units, activation }) => `${units}${activation === "tanh" ? "" : activation}`,
};

/** A point in an address: `1.5 -2 1`, with ` t` where it is of the test part. */
const point: Field<OwnPoint> = {
  nearest: (given) => {
    if (!isRecord(given)) return undefined;
    const { x, y, test } = given;
    if (!Array.isArray(x) || x.length < 1 || x.length > 20 || !x.every(Number.isFinite) || !Number.isFinite(y)) return undefined;
    return { x: x as number[], y: y as number, test: test === true };
  },
  parse: (given) => {
    const words = given.trim().split(/[\s+]+/);
    const test = words.at(-1) === "t";
    const numbers = (test ? words.slice(0, -1) : words).map(Number);
    return { x: numbers.slice(0, -1), y: numbers.at(-1), test };
  },
  format: ({ x, y, test }) => [...x, y, ...(test ? ["t"] : [])].join(" "),
};

export type Fields<T> = { readonly [K in keyof T]: Field<T[K]> };

export const DATA_FIELDS: Fields<DataState> = {
  problem: oneOf(["classification", "regression"] as const),
  name: oneOf([...CLASSIFICATION, ...REGRESSION, "own"] as const),
  noise: number(0, 80),
  train_share: number(10, 90),
  seed: whole(0, MOST_SEED),
  count: orNone(whole(4, MOST_POINTS)),
  stretch: number(1, 100),
  tilt: number(-0.99, 0.99),
  columns: list(text(60), 20, { least: 1 }),
  points: list(point, MOST_POINTS, { separator: ";" }),
  classes: whole(2, 8),
  axes: pair,
};

export const NETWORK_FIELDS: Fields<NetworkState> = {
  features: list(oneOf(FEATURES), 7, { least: 1, unique: true }),
  preparation: oneOf(PREPARATIONS),
  layers: list(layer, MOST_LAYERS),
  loss: oneOf(LOSSES),
  optimizer: oneOf(OPTIMIZERS),
  learning_rate: number(TINY, 1000),
  momentum: number(0, 1 - TINY),
  schedule: oneOf(SCHEDULES),
  schedule_epochs: whole(1, 100_000),
  batch_size: whole(1, MOST_POINTS),
  penalty: oneOf(PENALTIES),
  penalty_rate: number(0, 100),
  dropout: number(0, 1 - TINY),
  input_noise: number(0, 10),
  weight_noise: number(0, 10),
  clip_norm: orNone(number(TINY, 1e6)),
  initializer: oneOf(INITIALIZERS),
  seed: whole(0, MOST_SEED),
  patience: whole(0, 100_000),
};

export const VIEW_FIELDS: Fields<ViewState> = {
  network: whole(0, MOST_NETWORKS - 1),
  show_test: flag,
  discretize: flag,
  hide: list(oneOf(CONTROLS), CONTROLS.length, { unique: true }),
  embed: flag,
  tab: text(40),
  course: text(80),
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

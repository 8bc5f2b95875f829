/** A network as the columns of its drawing: what goes in, hidden layers, output. */
import type { NetworkHeader } from "../protocol";
import { FEATURES, type Activation, type DataState, type Feature, type NetworkState } from "../state";

export interface Column {
  kind: "features" | "hidden" | "output";
  /** The path of the layer in the engine; null of what goes in, and before the first frame. */
  path: string | null;
  activation: Activation | null;
  units: readonly UnitPlace[];
}

export interface UnitPlace {
  /** What it is called beside its picture; hidden units have none. */
  label: string;
  /** Which row of the next layer's weights it is; null of a feature that is switched off. */
  row: number | null;
  /** The feature that a click switches on or off. */
  feature: Feature | null;
}

const LABELS: Record<Feature, string> = {
  x1: "X₁", x2: "X₂", "x1^2": "X₁²", "x2^2": "X₂²", x1x2: "X₁X₂", "sin(x1)": "sin X₁", "sin(x2)": "sin X₂",
};

/** Data with other than two inputs go in column by column; of two inputs features are made. */
export const hasFeatures = (data: DataState, names: readonly string[] = data.columns): boolean => data.name !== "own" || names.length === 2;

export const outputCount = (data: DataState): number => (data.problem === "classification" && data.classes > 2 ? data.classes : 1);

export function columnsOf(network: NetworkState, data: DataState, header: NetworkHeader | null): Column[] {
  const paths = header && header.layers.length === network.layers.length + 1 ? header.layers.map(({ path }) => path) : null;
  const outputs = paths && header ? header.layers.at(-1)!.units : outputCount(data);
  return [
    { kind: "features", path: null, activation: null, units: inputs(network, data) },
    ...network.layers.map(({ units, activation }, index): Column => ({
      kind: "hidden",
      path: paths?.[index] ?? null,
      activation,
      units: Array.from({ length: units }, (_, row) => ({ label: "", row, feature: null })),
    })),
    {
      kind: "output",
      path: paths?.at(-1) ?? null,
      activation: null,
      units: Array.from({ length: outputs }, (_, row) => ({ label: outputs > 1 ? String(row) : "", row, feature: null })),
    },
  ];
}

function inputs(network: NetworkState, data: DataState): UnitPlace[] {
  if (!hasFeatures(data)) return data.columns.map((label, row) => ({ label, row, feature: null }));
  const named = data.name === "own" && !(data.columns[0] === "x1" && data.columns[1] === "x2");
  return FEATURES.map((feature) => {
    const row = network.features.indexOf(feature);
    return { label: named ? withNames(LABELS[feature], data.columns) : LABELS[feature], row: row < 0 ? null : row, feature };
  });
}

const withNames = (label: string, names: readonly string[]): string =>
  label.replace(/X₁/g, `${names[0]} `).replace(/X₂/g, `${names[1]} `).replace(/ ²/g, "²").trim();

/** The features after one of them was switched on or off, in the order in which they are shown. */
export function toggleFeature(chosen: readonly Feature[], feature: Feature): Feature[] {
  const others = chosen.filter((one) => one !== feature);
  return FEATURES.filter((one) => (one === feature ? others.length === chosen.length : others.includes(one)));
}

/** The picture of a feature that the engine does not send, as it is switched off: rows from the greatest x2 down. */
export function featurePicture(feature: Feature, domain: readonly [readonly [number, number], readonly [number, number]], side: number): Float32Array {
  const [[left, right], [bottom, top]] = domain;
  const values = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    const x2 = top - ((row + 0.5) / side) * (top - bottom);
    for (let column = 0; column < side; column++) values[row * side + column] = FORMULAS[feature](left + ((column + 0.5) / side) * (right - left), x2);
  }
  return values;
}

const FORMULAS: Record<Feature, (x1: number, x2: number) => number> = {
  x1: (x1) => x1,
  x2: (_, x2) => x2,
  "x1^2": (x1) => x1 * x1,
  "x2^2": (_, x2) => x2 * x2,
  x1x2: (x1, x2) => x1 * x2,
  "sin(x1)": Math.sin,
  "sin(x2)": (_, x2) => Math.sin(x2),
};

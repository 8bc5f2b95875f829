/** Where in the network a number is that a question names: `dense_1/W[0, 1]`, `dense_1[0]`, `x[1]`. */
import type { Subject } from "../questions/subject";
import { isWithin, placeIn, readName } from "../weight_names";

export interface Place {
  name: string;
  kind: "weight" | "unit" | "input";
  /** The number of its layer with weights; -1 of an input. */
  layer: number;
  leaf: "W" | "b" | "";
  index: number[];
  /** Of a weight, where it is among all weights of the network. */
  at: number;
  /** Of a unit, whether it is its output that is meant, not its pre-activation. */
  isOutput: boolean;
}

/** The number of that name; null: the first output's pre-activation. Of several examples a unit's bias stands for it. */
export function findPlace(subject: Subject, target: string | null): Place {
  const { layers: { layers } } = subject.network;
  const name = target ?? `${layers.at(-1)!.path}[0]`;
  const read = readName(name);
  if (!read) throw new Error(`${JSON.stringify(name)} names no number: write a weight as dense_1/W[0, 1], a unit as dense_1[0]`);
  const place = locate(subject, name, read.path, read.index);
  if (subject.rows === 1 || place.kind === "weight") return place;
  if (place.kind === "input") throw new Error(`${JSON.stringify(name)} differs from example to example: choose one`);
  const { path, pieces } = layers[place.layer]!;
  const index = pieces > 1 ? [0, ...place.index] : place.index; // of a maxout unit the first piece
  return locate(subject, `${path}/b[${index.join(", ")}]`, `${path}/b`, index);
}

function locate({ network: { layers } }: Subject, name: string, path: string, index: number[]): Place {
  const within = (shape: readonly number[]) => {
    if (isWithin(index, shape)) return index;
    throw new Error(`${JSON.stringify(name)}: that place is not there, the array has shape (${shape.join(", ")})`);
  };
  if (path === "x") return { name, kind: "input", layer: -1, leaf: "", index: within([layers.inputs]), at: -1, isOutput: false };
  for (const [number, layer] of layers.layers.entries()) {
    const array = layers.arrays.find((one) => one.path === path && path.startsWith(`${layer.path}/`));
    if (array) {
      const leaf = path.endsWith("/W") ? "W" : "b";
      return { name, kind: "weight", layer: number, leaf, index: within(array.shape), at: placeIn(array, index), isOutput: false };
    }
    if (path === layer.path || path === layer.output || path === layer.dropoutPath) {
      return { name, kind: "unit", layer: number, leaf: "", index: within([layer.units]), at: -1, isOutput: path !== layer.path };
    }
  }
  const known = [...layers.arrays.map((one) => one.path), ...layers.layers.map((layer) => layer.path), "x"];
  throw new Error(`there is no ${path}: there are ${known.join(", ")}`);
}

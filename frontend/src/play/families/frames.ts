/** A frame of a family: docs/playground-protocol.md has its arrays. */
import type { Envelope } from "../../api/envelope";
import { arraysOf, type Numbers } from "../frames";
import type { ArrayOf, Parts } from "../protocol";
import type { FamilyName } from "./names";

export interface FamilyHeader {
  frame: number;
  name: FamilyName;
  running: boolean;
  diverged: boolean;
  step: number;
  epoch: number;
  loss: Parts;
  accuracy: Parts | null;
  settings: Readonly<Record<string, unknown>>;
  history_from: number;
}

export interface FamilyFrame extends FamilyHeader {
  /** What a family says beside its numbers: `label`, `tokens` and so on. */
  header: Readonly<Record<string, unknown>>;
  array(name: string): Numbers;
  has(name: string): boolean;
}

export function readFamilyFrame({ header, values }: Envelope): FamilyFrame {
  const found = new Map([...arraysOf(header["arrays"] as ArrayOf[], values)].map(([{ name }, numbers]) => [name, numbers]));
  return {
    ...(header as unknown as FamilyHeader),
    header,
    has: (name) => found.has(name),
    array(name) {
      const numbers = found.get(name);
      if (!numbers) throw new Error(`the frame has no array ${name}`);
      return numbers;
    },
  };
}

/** Part `index` along the first axis, as a view. */
export function partOf({ shape, values }: Numbers, index: number): Numbers {
  const size = shape.slice(1).reduce((product, length) => product * length, 1);
  return { shape: shape.slice(1), values: values.subarray(index * size, (index + 1) * size) };
}

/** Rows become columns. */
export function transposed({ shape, values }: Numbers): Numbers {
  const [rows = 0, columns = 0] = shape;
  return { shape: [columns, rows], values: Float32Array.from(values, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!) };
}

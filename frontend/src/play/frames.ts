/** Messages of an engine with their arrays by name, as views on what came: nothing is copied. */
import type { Envelope } from "../api/envelope";
import type { ArrayOf, DataHeader, FrameHeader, NetworkHeader } from "./protocol";

export interface Numbers {
  shape: readonly number[];
  values: Float32Array;
}

export interface NetworkFrame extends NetworkHeader {
  /** `param:dense_1/W`, `unit:1`, `map` and so on: docs/playground-protocol.md. */
  arrays: ReadonlyMap<string, Numbers>;
}

export interface Frame {
  frame: number;
  running: boolean;
  networks: readonly NetworkFrame[];
}

export interface PlayData extends Omit<DataHeader, "arrays"> {
  /** As drawn: (N, D). */
  x: Numbers;
  y: Float32Array;
  /** 0 training, 1 test. */
  part: Float32Array;
  /** Where the map has the point: (N, 2). */
  shown: Float32Array;
}

export function* arraysOf(arrays: readonly ArrayOf[], values: Float32Array): Generator<[ArrayOf, Numbers]> {
  let begin = 0;
  for (const array of arrays) {
    const end = begin + array.shape.reduce((product, length) => product * length, 1);
    if (end > values.length) throw new Error(`the array ${array.name} is cut short`);
    yield [array, { shape: array.shape, values: values.subarray(begin, end) }];
    begin = end;
  }
}

export function readFrame({ header, values }: Envelope): Frame {
  const { frame, running, networks, arrays } = header as unknown as FrameHeader;
  const maps = networks.map(() => new Map<string, Numbers>());
  for (const [{ name, network = 0 }, numbers] of arraysOf(arrays, values)) maps[network]?.set(name, numbers);
  return { frame, running, networks: networks.map((one, index) => ({ ...one, arrays: maps[index]! })) };
}

export function readData({ header, values }: Envelope): PlayData {
  const { arrays, ...rest } = header as unknown as DataHeader;
  const found = new Map([...arraysOf(arrays, values)].map(([{ name }, numbers]) => [name, numbers]));
  const flat = (name: string) => found.get(name)?.values ?? new Float32Array();
  return { ...rest, x: found.get("x") ?? { shape: [0, 2], values: new Float32Array() }, y: flat("y"), part: flat("part"), shown: flat("shown") };
}

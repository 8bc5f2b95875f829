import { expect, test } from "vitest";
import { readData, readFrame } from "../../src/play/frames";
import { LossHistory } from "../../src/play/history";

const header = (more: object) => ({ version: 1, ...more }) as never;

test("arrays of a frame are found by network and name, as views on what came", () => {
  const values = Float32Array.from({ length: 11 }, (_, index) => index);
  const frame = readFrame({
    header: header({
      type: "frame", frame: 3, running: true, networks: [{ epoch: 1 }, { epoch: 2 }],
      arrays: [{ name: "map", shape: [1, 2, 2], network: 0 }, { name: "map", shape: [1, 2, 2], network: 1 }, { name: "param:dense_1/W", shape: [3, 1], network: 1 }],
    }),
    values,
  });
  expect([frame.frame, frame.running, frame.networks.map(({ epoch }) => epoch)]).toEqual([3, true, [1, 2]]);
  const W = frame.networks[1]!.arrays.get("param:dense_1/W")!;
  expect([W.shape, [...W.values], W.values.buffer === values.buffer]).toEqual([[3, 1], [8, 9, 10], true]);
  expect(frame.networks[0]!.arrays.get("param:dense_1/W")).toBeUndefined();
});

test("a message that is cut short is refused", () => {
  expect(() => readData({ header: header({ type: "data", arrays: [{ name: "x", shape: [2, 2] }] }), values: new Float32Array(3) })).toThrow("the array x is cut short");
});

const rows = (...epochs: number[]) => ({ shape: [epochs.length, 6], values: Float32Array.from(epochs.flatMap((epoch) => [epoch, epoch * 10, 1 / epoch, 2, 0.5, NaN])) });

test("rows of losses follow one another; those told twice are taken once; 0 begins again", () => {
  const history = new LossHistory();
  history.add(rows(1, 2), 0);
  history.add(rows(3), 2);
  history.add(rows(3, 4), 2);
  expect([history.column("epoch"), history.column("step")]).toEqual([[1, 2, 3, 4], [10, 20, 30, 40]]);
  history.add(rows(1), 0);
  expect(history.column("epoch")).toEqual([1]);
});

test("a long history is thinned, with its first and last rows kept", () => {
  const history = new LossHistory();
  for (let from = 0; from < 20_000; from += 100) history.add(rows(...Array.from({ length: 100 }, (_, index) => from + index + 1)), from);
  const epochs = history.column("epoch");
  expect(epochs.length).toBeLessThanOrEqual(4_000);
  expect([epochs[0], epochs.at(-1)]).toEqual([1, 20_000]);
});

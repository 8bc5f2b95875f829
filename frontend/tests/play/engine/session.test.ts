import { beforeEach, describe, expect, test } from "vitest";
import { decodeEnvelope, type Envelope } from "../../../src/api/envelope";
import { Session } from "../../../src/play/engine/typescript/session";
import { readData, readFrame, type Frame } from "../../../src/play/frames";
import type { Message, Snapshot } from "../../../src/play/protocol";
import { START, type PlayState } from "../../../src/play/state";

let told: Envelope[];
let now: number;
let session: Session;

beforeEach(() => {
  told = [];
  now = 0;
  session = new Session((message) => told.push(decodeEnvelope(message)), () => (now += 0.2)); // each look at the clock takes a moment
});

/** Say it, work as long as there is something to do, and hand back the last frame, drawn. */
function say(message: Message, turns = 1): Frame | null {
  session.handle(message);
  for (let turn = 0; turn < turns; turn++) {
    now += 20;
    session.work();
  }
  const last = told.findLast(({ header }) => header.type === "frame");
  if (!last) return null;
  const frame = readFrame(last);
  session.handle({ type: "drawn", frame: frame.frame });
  return frame;
}

const configure = (part: Partial<PlayState["networks"][number]> = {}, data: Partial<PlayState["data"]> = {}, reset = false): Frame =>
  say({ type: "configure", state: { ...START, data: { ...START.data, ...data }, networks: [{ ...START.networks[0]!, ...part }] }, reset })!;
const weights = (frame: Frame): number[] => [...frame.networks[0]!.arrays.get("param:dense_1/W")!.values];
const errors = () => told.filter(({ header }) => header.type === "error").map(({ header }) => header["error"]);
const answer = () => told.findLast(({ header }) => header.type === "answer")!;

describe("a session in the page", () => {
  test("says who it is, then the data, then a frame with all that was asked for", () => {
    const frame = configure();
    expect(told.map(({ header }) => header.type)).toEqual(["hello", "data", "frame"]);
    expect(told[0]!.header).toMatchObject({ engine: "typescript", resumed: false });
    const data = readData(told[1]!);
    expect([data.problem, data.classes, data.y.length, data.part.filter((part) => part === 1).length]).toEqual(["classification", 2, 500, 250]);
    const { arrays, ...header } = frame.networks[0]!;
    expect(header).toMatchObject({ epoch: 0, step: 0, status: "ready", note: null, history_from: 0, penalty: 0, signs: [] });
    expect(header.layers).toEqual([
      { path: "dense_1", units: 4, activation: "tanh" }, { path: "dense_2", units: 2, activation: "tanh" }, { path: "dense_3", units: 1, activation: "identity" },
    ]);
    expect([...arrays].map(([name, { shape }]) => [name, shape])).toEqual([
      ["param:dense_1/W", [2, 4]], ["param:dense_1/b", [4]], ["param:dense_2/W", [4, 2]], ["param:dense_2/b", [2]],
      ["param:dense_3/W", [2, 1]], ["param:dense_3/b", [1]], ["map", [1, 100, 100]], ["features", [2, 20, 20]],
      ["unit:1", [4, 20, 20]], ["unit:2", [2, 20, 20]], ["history", [1, 6]],
    ]);
    expect(arrays.get("features")!.values[0]).toBeCloseTo(-5.7);
  });

  test("steps by batch and by epoch, runs, pauses, and goes back", () => {
    configure();
    expect(say({ type: "step", unit: "batch", count: 3 })!.networks[0]).toMatchObject({ epoch: 0, step: 3 });
    expect(say({ type: "step", unit: "epoch", count: 2 })!.networks[0]).toMatchObject({ epoch: 2, step: 50 });
    say({ type: "look", map: 0, unit: 0, networks: null, gradients: true });
    const running = say({ type: "run" })!;
    expect([running.running, running.networks[0]!.status, running.networks[0]!.epoch > 2]).toEqual([true, "running", true]);
    expect(running.networks[0]!.arrays.has("grad:dense_3/b")).toBe(true);
    expect(running.networks[0]!.arrays.has("map")).toBe(false);
    expect(say({ type: "pause" })!.running).toBe(false);
    const back = say({ type: "reset" })!;
    expect(back.networks[0]).toMatchObject({ epoch: 0, step: 0, history_from: 0 });
  });

  test("no frame comes before the last one is drawn, and training goes on meanwhile", () => {
    configure();
    session.handle({ type: "run" });
    for (let turn = 0; turn < 5; turn++) {
      now += 20;
      session.work();
    }
    const frames = () => told.filter(({ header }) => header.type === "frame").length;
    expect(frames()).toBe(2);
    session.handle({ type: "drawn", frame: 2 });
    now += 20;
    session.work();
    expect(frames()).toBe(3);
  });

  test("goes no faster than it is told to", () => {
    configure();
    session.handle({ type: "speed", epochs_per_second: 10 });
    say({ type: "run" }, 100);
    expect(say({ type: "pause" })!.networks[0]!.epoch).toBe(20);
  });

  test("weights stay where shapes, initializer and seed do", () => {
    configure();
    const trained = say({ type: "step", unit: "epoch", count: 1 })!;
    expect(weights(configure({ learning_rate: 0.1, optimizer: "adam" }))).toEqual(weights(trained));
    expect(configure({ learning_rate: 0.1, optimizer: "adam" }).networks[0]).toMatchObject({ epoch: 1, learning_rate: 0.1 });
    expect(configure({}, { noise: 20 }).networks[0]!.epoch).toBe(1);
    expect(configure({ seed: 1 }).networks[0]!.epoch).toBe(0);
    expect(configure({}, {}, true).networks[0]!.epoch).toBe(0);
  });

  test("an edit changes one number and the losses at once", () => {
    const before = configure().networks[0]!;
    const after = say({ type: "edit", network: 0, path: "dense_3/b", index: [0], value: 2.5 })!.networks[0]!;
    expect(after.arrays.get("param:dense_3/b")!.values[0]).toBe(2.5);
    expect(after.loss.train).not.toBe(before.loss.train);
    say({ type: "edit", network: 0, path: "dense_9/b", index: [0], value: 1 });
    say({ type: "edit", network: 0, path: "dense_3/b", index: [4], value: 1 });
    say({ type: "edit", network: 3, path: "dense_3/b", index: [0], value: 1 });
    expect(errors()).toEqual([
      "there are no weights at dense_9/b: there are dense_1/W, dense_1/b, dense_2/W, dense_2/b, dense_3/W, dense_3/b",
      "dense_3/b has the shape (1): it has no number at [4]", "there are 1 networks: number 3 is not there",
    ]);
  });

  test("a snapshot is gone on from, to the same numbers", () => {
    configure({ optimizer: "adam", layers: [{ units: 2, activation: "maxout" }] });
    say({ type: "step", unit: "batch", count: 30 });
    say({ type: "ask", id: 1, what: "snapshot", about: {} });
    const networks = JSON.parse(JSON.stringify(answer().header["networks"])) as Snapshot[];
    const wanted = say({ type: "step", unit: "batch", count: 40 })!;
    configure({ optimizer: "adam", layers: [{ units: 2, activation: "maxout" }] }, {}, true);
    say({ type: "restore", networks });
    const found = say({ type: "step", unit: "batch", count: 40 })!;
    expect([...found.networks[0]!.arrays.get("param:maxout_1/W")!.values]).toEqual([...wanted.networks[0]!.arrays.get("param:maxout_1/W")!.values]);
    say({ type: "restore", networks: [{ ...networks[0]!, params: { "maxout_1/W": [1] } }] });
    say({ type: "restore", networks: [] });
    expect(errors()).toEqual([
      "the network cannot be restored: its params are maxout_1/W, maxout_1/b, dense_1/W, dense_1/b, nothing else",
      "there are 1 networks, and 0 to restore",
    ]);
  });

  test.each([["batch", 5], ["epoch", 125]] as const)("a %s asked for before the last one is done comes after it", (unit, steps) => {
    configure();
    for (let press = 0; press < 4; press++) session.handle({ type: "step", unit, count: 1 });
    expect(say({ type: "step", unit, count: 1 }, 20)!.networks[0]).toMatchObject({ step: steps });
  });

  test("networks side by side go in step", () => {
    const networks = [START.networks[0]!, { ...START.networks[0]!, batch_size: 1, layers: [] }];
    say({ type: "configure", state: { ...START, networks }, reset: false });
    say({ type: "run" }, 4);
    const [one, other] = say({ type: "pause" })!.networks;
    expect(Math.abs(one!.epoch - other!.epoch)).toBeLessThanOrEqual(1);
    expect(one!.epoch).toBeGreaterThan(0);
  });

  test("what cannot be is said in a line, and changes nothing", () => {
    session.handle({ type: "run" });
    session.handle({ type: "ask", id: 7, what: "snapshot", about: {} });
    const frame = configure();
    say({ type: "configure", state: { ...START, data: { ...START.data, axes: [0, 5] } }, reset: false });
    say({ type: "ask", id: 8, what: "dream", about: {} });
    expect(errors()).toEqual([
      "there is no state yet: configure comes first", "there is no state yet: configure comes first",
      "the map shows two of the columns 0 to 1, or -1 and -1, not 0 and 5",
      'a saved page cannot answer "dream": pip install pellucid, then pellucid play',
    ]);
    expect(told.findLast(({ header }) => header.type === "error")!.header["id"]).toBe(8);
    expect(weights(say({ type: "pause" })!)).toEqual(weights(frame));
  });

  test("the points of all data sets, as thumbnails", () => {
    configure();
    say({ type: "ask", id: 2, what: "thumbnails", about: {} });
    expect(answer().header["arrays"]).toHaveLength(14);
    expect(answer().values).toHaveLength(14 * 600);
  });
});

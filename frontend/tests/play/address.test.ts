import { describe, expect, test } from "vitest";
import { formatAddress, LONGEST } from "../../src/play/address/format";
import { parseAddress } from "../../src/play/address/parse";
import { repair } from "../../src/play/repair";
import { START, type PlayState } from "../../src/play/state";

const read = (hash: string) => parseAddress(hash, () => null);
const network = START.networks[0]!;

const RICH: PlayState = {
  version: 1,
  data: {
    problem: "classification", name: "own", noise: 12.5, train_share: 70, seed: 5, count: 40, stretch: 10, tilt: -0.5, columns: ["a, b", "c;d%", "é"],
    points: [{ x: [1.5, -2, 1e-7], y: 2, test: true }, { x: [0, 0, 3e20], y: 0, test: false }], classes: 3, axes: [-1, -1],
  },
  networks: [
    { ...network, features: ["x1", "x1^2", "sin(x2)"], layers: [{ units: 8, activation: "leaky_relu" }, { units: 1, activation: "tanh" }], clip_norm: 0.5, loss: "hinge" },
    { ...network, features: ["x1", "x1^2", "sin(x2)"], layers: [], learning_rate: 1e-5, optimizer: "adam", loss: "hinge" },
  ],
  view: { network: 1, show_test: true, discretize: true, hide: ["run", "noise"], embed: true, tab: "surface", course: "a course" },
};

describe("an address", () => {
  test("of the start says its version alone", () => expect(formatAddress(START).address).toBe("#v=1"));

  test("has what differs, in words that can be read", () => {
    const state = { ...START, networks: [{ ...network, layers: [{ units: 8, activation: "relu" as const }], learning_rate: 0.1, features: ["x1" as const, "sin(x1)" as const] }] };
    expect(formatAddress(state).address).toBe("#v=1&features=x1,sin(x1)&layers=8relu&learning_rate=0.1");
  });

  test("gives back what it was made of", () => {
    expect(read(formatAddress(RICH).address)).toEqual({ state: RICH, preset: null, notes: [], imported: false });
    expect(read(formatAddress({ ...RICH, networks: [...RICH.networks].reverse() }).address).state.networks).toEqual([...RICH.networks].reverse());
  });

  test("begins with a preset, and has what differs from it", () => {
    const base = repair({ networks: [{ learning_rate: 3 }, { learning_rate: 1 }] }).state;
    const changed = { ...base, networks: base.networks.map((one) => ({ ...one, learning_rate: 1 })) };
    const { address } = formatAddress(changed, "fast", base);
    expect(address).toBe("#v=1&preset=fast&learning_rate=1");
    const find = (name: string) => (name === "fast" ? base : null);
    expect(parseAddress(address, find)).toMatchObject({ state: changed, preset: "fast", notes: [] });
    expect(parseAddress("#preset=fast", find)).toMatchObject({ state: base, notes: [] });
    expect(parseAddress("#v=1&preset=slow", find)).toMatchObject({ state: START, preset: null, notes: [{ field: "preset", given: "slow", taken: null }] });
  });

  test("leaves out points that are too many", () => {
    const points = Array.from({ length: 2000 }, (_, row) => ({ x: [row / 7, -row / 3], y: row % 2, test: false }));
    const { address, lacksPoints } = formatAddress({ ...START, data: { ...START.data, name: "own", points } });
    expect(lacksPoints).toBe(true);
    expect(address.length).toBeLessThan(LONGEST);
    expect(read(address).notes).toEqual([]);
  });

  test("with what cannot be is put right, and says so", () => {
    const { state, notes } = read("#v=2&noise=95&data=nothing&learning_rate=abc&batch_size=0&layers=4,x,200relu&2.noise=1&own=%&networks=9&classes=2.4");
    expect(state.data.noise).toBe(80);
    expect(state.networks[0]).toMatchObject({ learning_rate: 0.03, batch_size: 1, layers: [{ units: 4, activation: "tanh" }, { units: 64, activation: "relu" }] });
    expect(Object.fromEntries(notes.map(({ field, given, taken }) => [field, [given, taken]]))).toMatchObject({
      v: ["2", "1"], noise: ["95", "80"], name: ["nothing", null], learning_rate: ["abc", null], batch_size: ["0", "1"],
      "2.noise": ["1", null], own: ["%", null], networks: ["9", null], classes: ["2.4", "2"],
    });
  });

  test("of any kind gives a state that can be", () => {
    // What stands in for chance, so that a failure is found again (Lehmer's generator).
    let seed = 7;
    const draw = (most: number) => (seed = (seed * 48271) % 2147483647) % most;
    const words = ["v=1", "data=own", "points=1 2 0;x", "points=1e999 2 3", "layers=", "layers=1e9", "noise=-1e400", "axes=7,7", "columns=", "columns=a", "features=", "2.layers=3", "networks=3", "__proto__=1", "constructor=2", "hide=run,run,x", "seed=1e300", "problem=regression", "loss=hinge", "%E0%A4%A", "tilt=NaN", "shown=3", "=", "&&&", "count=none", "clip_norm=none", "preset=x"];
    for (let round = 0; round < 2000; round++) {
      const hash = `#v=1&${Array.from({ length: draw(8) }, () => words[draw(words.length)]).join("&")}`;
      const { state } = read(hash);
      expect(repair(state), hash).toEqual({ state, notes: [] });
    }
  });
});

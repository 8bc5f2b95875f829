import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { START } from "../../src/play/state";
import { change, changeData, changeNetwork, changeProblem, notes, startStore, state, takeState } from "../../src/play/store";
import { canRedo, forgetSteps, redo, undo } from "../../src/play/undo";

interface Entry {
  state: unknown;
  address: string;
}

/** A browser's history: entries, and the listener for Back. */
let entries: Entry[];
let goBack: () => void;

beforeEach(() => {
  entries = [{ state: null, address: "" }];
  let listen = () => {};
  const history = {
    get state() { return entries.at(-1)!.state; },
    pushState: (kept: unknown, _: string, address: string) => entries.push({ state: kept, address }),
    replaceState: (kept: unknown, _: string, address: string) => (entries[entries.length - 1] = { state: kept, address }),
  };
  vi.stubGlobal("window", { history, addEventListener: (_: string, listener: () => void) => (listen = listener) });
  vi.stubGlobal("location", { get hash() { return entries.at(-1)!.address; } });
  goBack = () => {
    entries.pop();
    listen();
  };
  forgetSteps();
  startStore();
});

afterAll(() => vi.unstubAllGlobals());

describe("changes", () => {
  test("are in the address, and Back takes them back", () => {
    changeData({ name: "spiral" });
    changeNetwork({ learning_rate: 0.1 });
    expect(entries.map(({ address }) => address)).toEqual(["#v=1", "#v=1&data=spiral", "#v=1&data=spiral&learning_rate=0.1"]);
    goBack();
    expect([state.value.data.name, state.value.networks[0]!.learning_rate]).toEqual(["spiral", 0.03]);
  });

  test("of a slider are one entry to go Back to, and one step to undo", () => {
    for (const noise of [5, 10, 15]) changeData({ noise }, { dragging: true });
    expect(entries.map(({ address }) => address)).toEqual(["#v=1&noise=15"]);
    changeData({ noise: 20 });
    expect(entries.map(({ address }) => address)).toEqual(["#v=1", "#v=1&noise=20"]);
    undo();
    expect(state.value.data.noise).toBe(0);
    redo();
    expect([state.value.data.noise, canRedo.value]).toEqual([20, false]);
  });

  test("that cannot be are put right with a note", () => {
    changeNetwork({ learning_rate: -1, batch_size: 3.4 });
    expect(state.value.networks[0]).toMatchObject({ learning_rate: 1e-9, batch_size: 3 });
    expect(notes.value.map(({ field }) => field)).toEqual(["learning_rate", "batch_size"]);
    change(() => "nothing");
    expect(notes.value).toEqual([{ field: "state", given: "nothing", taken: null }]);
  });

  test("with what is not said as usual have no note of it", () => {
    takeState({ data: { name: "own", points: [{ x: [0, 1], y: 1 }] }, networks: [{ layers: [{ units: 3 }] }] });
    expect(notes.value).toEqual([]);
    expect(state.value.data.points).toEqual([{ x: [0, 1], y: 1, test: false }]);
  });

  test("that change nothing leave no trace", () => {
    const before = state.value;
    changeData({ noise: 0 });
    expect([state.value === before, entries.length]).toEqual([true, 1]);
  });

  test("to another problem bring data and loss that fit, and back", () => {
    changeProblem("regression");
    expect([state.value.data.name, state.value.networks[0]!.loss, notes.value]).toEqual(["plane", "squared", []]);
    changeProblem("classification");
    expect([state.value.data.name, notes.value]).toEqual(["circle", []]);
  });

  test("by a whole state leave nothing of the former one, but what a teacher hides", () => {
    changeData({ noise: 20 });
    change((now) => ({ ...now, view: { ...now.view, hide: ["noise"], show_test: true } }));
    takeState({ networks: [{ learning_rate: 1 }] });
    expect(state.value).toEqual({ ...START, networks: [{ ...START.networks[0], learning_rate: 1 }], view: { ...START.view, hide: ["noise"] } });
  });
});

test("networks of a whole state are over the start, not over those that were there", () => {
  changeNetwork({ penalty: "l1", layers: [] });
  takeState({ networks: [{ optimizer: "adam" }, { learning_rate: 2 }] });
  expect(state.value.networks).toEqual([{ ...START.networks[0], optimizer: "adam" }, { ...START.networks[0], learning_rate: 2 }]);
});

test("points that an address lacks are there again after Back", () => {
  const points = Array.from({ length: 3000 }, (_, row) => ({ x: [row / 7, row], y: row % 2, test: false }));
  changeData({ name: "own", points });
  changeData({ train_share: 60 });
  goBack();
  expect(state.value.data.points).toHaveLength(3000);
});

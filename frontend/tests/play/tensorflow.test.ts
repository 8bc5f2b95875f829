import { describe, expect, test } from "vitest";
import { parseAddress } from "../../src/play/address/parse";
import { START, type PlayState } from "../../src/play/state";

const read = (hash: string) => parseAddress(hash, () => null);
const network = (hash: string) => read(hash).state.networks[0]!;

/** Addresses in the form of TensorFlow Playground's own, with what they mean: each of its settings is in one of them. */
const LINKS: [string, string, (state: PlayState) => unknown, unknown][] = [
  ["the start", "activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.12345&showTestData=false&discretize=false&percTrainData=50&x=true&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false", ({ data, networks, view }) => [data.name, data.problem, data.seed, networks[0]!.seed, networks[0]!.layers, networks[0]!.features, view], ["circle", "classification", 12345, 12345, START.networks[0]!.layers, ["x1", "x2"], START.view]],
  ["xor", "#dataset=xor&seed=0.00001", ({ data }) => [data.name, data.seed], ["xor", 1]],
  ["gauss and noise", "#dataset=gauss&noise=35&percTrainData=70", ({ data }) => [data.name, data.noise, data.train_share], ["gauss", 35, 70]],
  ["spiral with all features", "#dataset=spiral&x=true&y=true&xSquared=true&ySquared=true&xTimesY=true&sinX=true&sinY=true&networkShape=8,6", ({ networks }) => [networks[0]!.features, networks[0]!.layers.map(({ units }) => units)], [["x1", "x2", "x1^2", "x2^2", "x1x2", "sin(x1)", "sin(x2)"], [8, 6]]],
  ["a plane", "#problem=regression&dataset=xor&regDataset=reg-plane&noise=10", ({ data }) => [data.problem, data.name, data.noise], ["regression", "plane", 10]],
  ["hills", "#problem=regression&regDataset=reg-gauss&activation=relu", ({ data, networks }) => [data.name, networks[0]!.layers[0]!.activation], ["hills", "relu"]],
  ["data of the other problem are not taken", "#problem=classification&dataset=spiral&regDataset=reg-gauss", ({ data }) => data.name, "spiral"],
  ["ReLU", "#activation=relu&networkShape=5", ({ networks }) => networks[0]!.layers, [{ units: 5, activation: "relu" }]],
  ["sigmoid, six layers", "#activation=sigmoid&networkShape=8,7,6,5,4,3", ({ networks }) => networks[0]!.layers.map(({ units, activation }) => units + activation), ["8sigmoid", "7sigmoid", "6sigmoid", "5sigmoid", "4sigmoid", "3sigmoid"]],
  ["linear, no hidden layer", "#activation=linear&networkShape=&x=true", ({ networks }) => networks[0]!.layers, []],
  ["L1", "#regularization=L1&regularizationRate=0.03", ({ networks }) => [networks[0]!.penalty, networks[0]!.penalty_rate], ["l1", 0.03]],
  ["L2", "#regularization=L2&regularizationRate=10&learningRate=10", ({ networks }) => [networks[0]!.penalty, networks[0]!.penalty_rate, networks[0]!.learning_rate], ["l2", 10, 10]],
  ["no penalty, but its rate", "#regularization=none&regularizationRate=3", ({ networks }) => [networks[0]!.penalty, networks[0]!.penalty_rate], ["none", 3]],
  ["a small rate and single batches", "#learningRate=0.00001&batchSize=1", ({ networks }) => [networks[0]!.learning_rate, networks[0]!.batch_size], [1e-5, 1]],
  ["beyond its own sliders", "#batchSize=100&networkShape=20,20,20&noise=80", ({ data, networks }) => [networks[0]!.batch_size, networks[0]!.layers.length, data.noise], [100, 3, 80]],
  ["noise that its page puts right", "#noise=95&dataset=circle", ({ data }) => data.noise, 50],
  ["zeros as first weights", "#initZero=true&dataset=circle", ({ networks }) => networks[0]!.initializer, "zeros"],
  ["what is shown", "#showTestData=true&discretize=true&hideText=true", ({ view }) => [view.show_test, view.discretize, view.embed], [true, true, true]],
  ["hidden controls", "#showTestData_hide=true&discretize_hide=true&playButton_hide=true&stepButton_hide=true&resetButton_hide=true&learningRate_hide=true&activation_hide=true&regularization_hide=true&regularizationRate_hide=true&problem_hide=true&dataset_hide=true&percTrainData_hide=true&noise_hide=true&batchSize_hide=true&numHiddenLayers_hide=true", ({ view }) => [...view.hide].sort(), ["activation", "batch_size", "data", "discretize", "layers", "learning_rate", "noise", "penalty", "penalty_rate", "problem", "reset", "run", "show_test", "step", "train_share"]],
  ["one feature, all of them hidden", "#x=false&y=false&sinX=true&x_hide=true&y_hide=true&xSquared_hide=true&ySquared_hide=true&xTimesY_hide=true&sinX_hide=true&sinY_hide=true", ({ networks, view }) => [networks[0]!.features, view.hide], [["sin(x1)"], ["features"]]],
];

describe("links of TensorFlow Playground", () => {
  test("there are twenty", () => expect(LINKS).toHaveLength(20));

  test.each(LINKS)("%s", (_, link, part, expected) => {
    const { state, notes, imported } = read(link);
    expect(imported).toBe(true);
    expect(part(state)).toEqual(expected);
    expect(notes).toEqual([]);
  });

  test("they have its loss and its first weights", () => {
    expect([network("#dataset=xor").loss, network("#dataset=xor").initializer]).toEqual(["squared", "uniform"]);
  });

  test("what is not here is named", () => {
    expect(read("#dataset=xor&cosX=true&cosY=true&tutorial=dp&x_hide=true").notes).toEqual([
      { field: "cosX", given: "true", taken: null },
      { field: "cosY", given: "true", taken: null },
      { field: "tutorial", given: "dp", taken: null },
      { field: "x_hide", given: "true", taken: null },
    ]);
  });

  test("what cannot be is put right and named", () => {
    const { state, notes } = read("#dataset=donut&learningRate=fast&percTrainData=5&activation=gauss&noise=-3&networkShape=4,200");
    expect([state.data.name, state.networks[0]!.learning_rate, state.data.train_share, state.networks[0]!.layers[1]!.units]).toEqual(["circle", 0.03, 10, 64]);
    expect(notes.map(({ field }) => field).sort()).toEqual(["activation", "dataset", "layers", "learning_rate", "noise", "train_share"]);
  });
});

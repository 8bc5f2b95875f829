/** Links of TensorFlow Playground (playground.tensorflow.org): its words for what is here. */
import { repair, type Note } from "../repair";
import { START, type Activation, type Control, type DataName, type Feature, type PlayState } from "../state";

type Words = ReadonlyMap<string, string>;

const ACTIVATION: Record<string, Activation> = { relu: "relu", tanh: "tanh", sigmoid: "sigmoid", linear: "identity" };
const PENALTY = { none: "none", L1: "l1", L2: "l2" } as const;
const DATASET: Record<string, DataName> = { circle: "circle", xor: "xor", gauss: "gauss", spiral: "spiral" };
const REGRESSION_DATASET: Record<string, DataName> = { "reg-plane": "plane", "reg-gauss": "hills" };
const FEATURE: Record<string, Feature> = {
  x: "x1", y: "x2", xSquared: "x1^2", ySquared: "x2^2", xTimesY: "x1x2", sinX: "sin(x1)", sinY: "sin(x2)",
};
/** Features of old links that its page itself no longer has. */
const OTHER_FEATURES = ["cosX", "cosY"];
const HIDE: Record<string, Control> = {
  showTestData: "show_test", discretize: "discretize", playButton: "run", stepButton: "step", resetButton: "reset",
  learningRate: "learning_rate", activation: "activation", regularization: "penalty", regularizationRate: "penalty_rate",
  problem: "problem", dataset: "data", percTrainData: "train_share", noise: "noise", batchSize: "batch_size", numHiddenLayers: "layers",
};
const SETTINGS = [
  "activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate", "regularizationRate", "noise", "networkShape", "seed",
  "showTestData", "discretize", "percTrainData", ...Object.keys(FEATURE), ...OTHER_FEATURES, "collectStats", "tutorial", "problem",
  "initZero", "hideText",
];
const KNOWN = new Set([...SETTINGS, ...[...Object.keys(HIDE), ...Object.keys(FEATURE), ...OTHER_FEATURES].map((name) => `${name}_hide`)]);

/** Our addresses say their version; one that has words of its page and no version is its. */
export const isTensorFlow = (words: Words): boolean => !words.has("v") && [...words.keys()].some((name) => KNOWN.has(name));

export function readTensorFlow(words: Words): { state: PlayState; notes: Note[] } {
  const notes: Note[] = [];
  const leaveOut = (field: string) => notes.push({ field, given: words.get(field) ?? "", taken: null });
  const given = (name: string): string | undefined => words.get(name)?.trim() || undefined; // an empty word is none
  const flag = (name: string, usual: boolean): boolean => (given(name) === undefined ? usual : given(name) !== "false");
  const choice = <T>(table: Record<string, T>, name: string, usual: T): T => {
    const word = given(name);
    if (word !== undefined && !Object.hasOwn(table, word)) leaveOut(name);
    return word !== undefined && Object.hasOwn(table, word) ? table[word]! : usual;
  };
  const number = (name: string, usual: number): unknown => {
    const word = given(name) ?? String(usual);
    return Number.isNaN(Number(word)) ? word : Number(word);
  };

  for (const name of words.keys()) if (!KNOWN.has(name)) leaveOut(name);
  for (const name of OTHER_FEATURES) if (flag(name, false)) leaveOut(name);
  if (given("tutorial")) leaveOut("tutorial");
  const problem = choice({ classification: "classification", regression: "regression" } as const, "problem", "classification");
  const dataset = choice(DATASET, "dataset", "circle");
  const regressionDataset = choice(REGRESSION_DATASET, "regDataset", "plane");
  const activation = choice(ACTIVATION, "activation", "tanh");
  const seed = seedOf(given("seed"));
  const repaired = repair({
    data: {
      problem,
      name: problem === "regression" ? regressionDataset : dataset,
      noise: noiseOf(number("noise", 0)),
      train_share: number("percTrainData", 50),
      seed,
    },
    networks: [{
      features: Object.keys(FEATURE).filter((name) => flag(name, name === "x" || name === "y")).map((name) => FEATURE[name]),
      layers: shapeOf(words.get("networkShape")).map((units) => ({ units, activation })),
      loss: "squared",
      learning_rate: number("learningRate", 0.03),
      batch_size: number("batchSize", 10),
      penalty: choice(PENALTY, "regularization", "none"),
      penalty_rate: number("regularizationRate", 0),
      initializer: flag("initZero", false) ? "zeros" : "uniform",
      seed,
    }],
    view: { show_test: flag("showTestData", false), discretize: flag("discretize", false), embed: flag("hideText", false), hide: hidden(flag, leaveOut) },
  }, START);
  return { state: repaired.state, notes: [...notes, ...repaired.notes] };
}

/** Its page takes noise above 80 as 50. */
const noiseOf = (noise: unknown): unknown => (typeof noise === "number" && noise > 80 ? 50 : noise);

/** An empty shape is a network without hidden layers. */
const shapeOf = (text: string | undefined): number[] => (text ?? "4,2").split(",").filter((word) => word.trim()).map(Number);

/** Its seeds are texts, most of them decimals below 1. Numbers drawn from ours are others, but each seed has its own. */
function seedOf(text: string | undefined): number {
  if (text === undefined) return START.data.seed;
  const value = Number(text);
  if (value >= 0 && value < 1) return Math.round(value * 1e5);
  return [...text].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)!) % 2 ** 31, 7);
}

/** Features are hidden one by one there, all together here. */
function hidden(flag: (name: string, usual: boolean) => boolean, leaveOut: (field: string) => void): Control[] {
  const hides = (name: string) => flag(`${name}_hide`, false);
  const features = Object.keys(FEATURE);
  const allFeatures = features.every(hides);
  if (!allFeatures) for (const name of features.filter(hides)) leaveOut(`${name}_hide`);
  return [...Object.keys(HIDE).filter(hides).map((name) => HIDE[name]!), ...(allFeatures ? (["features"] as const) : [])];
}

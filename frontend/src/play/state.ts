/** The state of a playground, as `pellucid/playground/state.py` has it: read that first, it says what each number means. */

export const VERSION = 1;

export const CLASSIFICATION = [
  "circle", "xor", "gauss", "spiral", "moons", "rings", "checkerboard", "blobs", "and", "or", "xor_gate",
] as const;
export const REGRESSION = ["plane", "hills", "valley"] as const;
export const FEATURES = ["x1", "x2", "x1^2", "x2^2", "x1x2", "sin(x1)", "sin(x2)"] as const;
export const ACTIVATIONS = [
  "identity", "step", "sigmoid", "tanh", "hard_tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "maxout",
] as const;
export const OPTIMIZERS = [
  "gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "adamw", "adamax", "lion",
] as const;
export const INITIALIZERS = ["glorot", "he", "lecun", "orthogonal", "uniform", "small", "large", "zeros"] as const;
export const PREPARATIONS = ["none", "centre", "normalise", "decorrelate", "whiten"] as const;
export const PENALTIES = ["none", "l1", "l2"] as const;
export const SCHEDULES = ["constant", "step", "exponential", "inverse_time", "cosine", "warmup"] as const;
export const LOSSES = ["cross_entropy", "squared", "hinge", "absolute", "huber"] as const;
export const CONTROLS = [
  "run", "step", "reset", "speed", "learning_rate", "activation", "penalty", "penalty_rate", "problem", "data", "train_share",
  "noise", "batch_size", "features", "layers", "units", "show_test", "discretize", "optimizer", "loss", "initializer",
  "preparation", "dropout", "networks", "presets", "export", "course",
] as const;

export type DataName = (typeof CLASSIFICATION)[number] | (typeof REGRESSION)[number] | "own";
export type Feature = (typeof FEATURES)[number];
export type Activation = (typeof ACTIVATIONS)[number];
export type Control = (typeof CONTROLS)[number];

export interface OwnPoint {
  x: number[];
  y: number;
  test: boolean;
}

export interface DataState {
  problem: "classification" | "regression";
  name: DataName;
  noise: number;
  train_share: number;
  seed: number;
  count: number | null;
  stretch: number;
  tilt: number;
  columns: string[];
  points: OwnPoint[];
  classes: number;
  axes: [number, number];
}

export interface LayerState {
  units: number;
  activation: Activation;
}

export interface NetworkState {
  features: Feature[];
  preparation: (typeof PREPARATIONS)[number];
  layers: LayerState[];
  loss: (typeof LOSSES)[number];
  optimizer: (typeof OPTIMIZERS)[number];
  learning_rate: number;
  momentum: number;
  schedule: (typeof SCHEDULES)[number];
  schedule_epochs: number;
  batch_size: number;
  penalty: (typeof PENALTIES)[number];
  penalty_rate: number;
  dropout: number;
  input_noise: number;
  weight_noise: number;
  clip_norm: number | null;
  initializer: (typeof INITIALIZERS)[number];
  seed: number;
  patience: number;
}

export interface ViewState {
  network: number;
  show_test: boolean;
  discretize: boolean;
  hide: Control[];
  embed: boolean;
  tab: string;
  course: string;
}

export interface PlayState {
  version: 1;
  data: DataState;
  networks: NetworkState[];
  view: ViewState;
}

export const START: PlayState = {
  version: VERSION,
  data: {
    problem: "classification", name: "circle", noise: 0, train_share: 50, seed: 0, count: null, stretch: 1, tilt: 0,
    columns: ["x1", "x2"], points: [], classes: 2, axes: [0, 1],
  },
  networks: [
    {
      features: ["x1", "x2"], preparation: "none",
      layers: [{ units: 4, activation: "tanh" }, { units: 2, activation: "tanh" }],
      loss: "cross_entropy", optimizer: "gradient_descent", learning_rate: 0.03, momentum: 0.9, schedule: "constant",
      schedule_epochs: 100, batch_size: 10, penalty: "none", penalty_rate: 0, dropout: 0, input_noise: 0, weight_noise: 0,
      clip_norm: null, initializer: "glorot", seed: 0, patience: 0,
    },
  ],
  view: { network: 0, show_test: false, discretize: false, hide: [], embed: false, tab: "", course: "" },
};

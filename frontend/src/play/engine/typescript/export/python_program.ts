/** A program with pellucid that trains the network on the data, as `pellucid/playground/export/python_program.py` writes it. */
import { START, type DataState } from "../../../state";
import type { PlayNetwork } from "../play_network";
import type { Training } from "../training";
import { featureLines } from "./features";
import { nested } from "../snapshot";
import { clip, loss, model, optimizer, penalty } from "./model";
import { call, float, list, text } from "./python";

const STEPS = { none: "", centre: "Centre", normalise: "Normalise", decorrelate: "Decorrelate", whiten: "Whiten" };

export function pythonProgram({ network, now }: Training, data: DataState): string {
  const step = STEPS[network.state.preparation];
  const body = [
    ...dataLines(network, data),
    ...featureLines(network),
    ...(step ? [`x = ${step}.fit(x[train]).apply(x)`] : []),
    `y = ${targets(network)}`,
    "",
    `model = ${model(network)}`,
    ...trainingLines(network, now.epoch),
  ];
  return `${['"""A network of the pellucid playground, trained on its data."""', "", ...imports(body), "", ...body].join("\n")}\n`;
}

function trainingLines(network: PlayNetwork, epochs: number): string[] {
  const { state } = network;
  const hasTest = network.data.test.includes(1);
  const given: Record<string, string | number | undefined> = {
    validation: hasTest ? "(x[test], y[test])" : undefined,
    optimizer: optimizer(network),
    epochs: epochs || 100,
    batch_size: state.batch_size,
    seed: state.seed,
    penalty: state.penalty !== "none" && state.penalty_rate ? penalty(state) : undefined,
    clip: state.clip_norm ? clip(state.clip_norm) : undefined,
    early_stopping: state.patience && hasTest ? `EarlyStopping(${state.patience})` : undefined,
    engine: '"numpy"',
  };
  return [
    "trained = fit(",
    "    model,",
    `    ${loss(network)},`,
    "    (x[train], y[train]),",
    ...Object.entries(given).filter(([, value]) => value !== undefined).map(([name, value]) => `    ${name}=${value},`),
    ")",
    "last = trained.history.epochs[-1]",
    `print(f"training loss {last['train']['loss']:.4f}${hasTest ? ", test loss {last['validation']['loss']:.4f}" : ""}")`,
  ];
}

function imports(body: string[]): string[] {
  const used = new Set(Array.from(body.join("\n").matchAll(/\b[A-Z]\w+(?=\(|\.fit)/g), ([name]) => name));
  const own = used.delete("DataState")
    ? ["from pellucid.playground.data.play_data import make_data", "from pellucid.playground.state import DataState"]
    : [];
  return ["import numpy as np", "", `from pellucid import ${[...used].sort().concat("fit").join(", ")}`, ...own];
}

/** Lines that give x (N, D), labels, and the parts `train` and `test`: drawn again, or as they were given. */
function dataLines({ data }: PlayNetwork, state: DataState): string[] {
  const lines = state.name === "own"
    ? [
        `x = np.array(${list(nested(data.x, { at: 0, shape: [data.y.length, data.columns.length] }))})`,
        `labels = np.array(${list([...data.y])})`,
        `test = np.array([${Array.from(data.test, (test) => (test ? "True" : "False")).join(", ")}])`,
      ]
    : [`data = make_data(${call("DataState", changed(state))})`, "x, labels, test = data.x, data.y, data.test"];
  return [...lines, "train = ~test"];
}

/** The fields of the data that are not as at the start. */
function changed(state: DataState): Record<string, string | undefined> {
  const start = START.data;
  const differs = <Name extends keyof DataState>(name: Name, written: (value: DataState[Name]) => string) =>
    JSON.stringify(state[name]) === JSON.stringify(start[name]) ? undefined : written(state[name]);
  return {
    problem: differs("problem", text),
    name: differs("name", text),
    noise: differs("noise", float),
    train_share: differs("train_share", float),
    seed: differs("seed", String),
    count: differs("count", String),
    stretch: differs("stretch", float),
    tilt: differs("tilt", float),
    classes: differs("classes", String),
  };
}

function targets({ objective: { classes, outputs, bounded } }: PlayNetwork): string {
  if (!classes) return "labels[:, None]";
  if (outputs === 1) return bounded ? "2.0 * labels[:, None] - 1.0" : "labels[:, None]";
  return bounded ? `2.0 * (labels[:, None] == np.arange(${classes})) - 1.0` : "labels.astype(int)";
}

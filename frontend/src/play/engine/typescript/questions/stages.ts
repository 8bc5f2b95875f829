/** One step of training in slow motion, a stage at a time, as `questions/stages.py` gives it. */
import { nested } from "../snapshot";
import { preActivations } from "../layer";
import { softmax } from "../losses";
import type { Objective } from "../objective";
import { RULES } from "../rules";
import { sigmoid } from "../special";
import { update } from "../update";
import { subjectOf } from "./about";
import type { Question } from "./question";
import type { Subject } from "./subject";

export const stages: Question = (scene, about) => {
  const subject = subjectOf(scene, about);
  const { training } = subject;
  const { dropout, input_noise, weight_noise } = subject.network.state;
  return {
    values: {
      step: training.now.step + 1,
      examples: subject.rows,
      learning_rate: training.rate,
      taken: subject.taken && !dropout && !input_noise && !weight_noise,
      stages: stagesOf(subject),
    },
  };
};

function stagesOf(subject: Subject): Record<string, unknown>[] {
  const { network: { layers }, rows, w, x } = subject;
  const g = new Float64Array(w.length);
  const loss = subject.gradients(w, g);
  return [
    { stage: "inputs", path: "x", outputs: means(x, rows, layers.inputs) },
    ...layers.layers.map((layer) => ({
      stage: "forward",
      path: layer.path,
      activation: layer.kind,
      pre_activations: means(preActivations(layer), rows, layer.units),
      outputs: means(layer.y, rows, layer.units),
    })),
    { ...lossOf(subject), loss },
    ...layers.layers.map((layer, l) => ({
      stage: "backward",
      path: layer.path,
      by_outputs: sums(layers.douts[l]!, rows, layer.units),
      deltas: sums(layers.deltasOf(l), rows, layer.units),
      gradients: Object.fromEntries(layers.arraysOf(l).map((array) => [array.path, nested(g, array)])),
    })).reverse(),
    updateOf(subject, g),
  ];
}

function lossOf({ network: { layers, objective }, rows, targets }: Subject): Record<string, unknown> {
  const { outputs } = objective;
  const predictions = layers.y.slice(0, rows * outputs);
  predict(objective, predictions, rows);
  return {
    stage: "loss",
    outputs: means(layers.y, rows, outputs),
    predictions: means(predictions, rows, outputs),
    targets: means(targets, rows, outputs),
  };
}

/** What a loss makes of outputs: probabilities where it has them. */
function predict({ name, outputs }: Objective, y: Float64Array, rows: number): void {
  if (name !== "cross_entropy") return;
  if (outputs > 1) softmax(y, y, rows, outputs);
  else for (let i = 0; i < rows; i++) y[i] = sigmoid(y[i]!);
}

function updateOf(subject: Subject, gradients: Float64Array): Record<string, unknown> {
  const { network: { layers, state }, w } = subject;
  const { after, g } = nextUpdate(subject, gradients);
  const weights = layers.arrays.map((array) => [
    array.path, { before: nested(w, array), gradient: nested(g, array), after: nested(after, array) },
  ]);
  return {
    stage: "update",
    rule: RULES[state.optimizer].formula,
    weights: Object.fromEntries(weights),
    loss_after: subject.loss(after),
  };
}

/** The weights after the step, and the gradients with penalty and clipping. */
export function nextUpdate({ network: { layers, state }, training, w }: Subject, gradients: Float64Array) {
  const after = w.slice();
  const g = gradients.slice();
  update(after, g, training.now.slots.map((slot) => slot.slice()), layers.arrays, state, training.rate, training.now.step + 1);
  return { after, g };
}

export const sums = (numbers: Float64Array, rows: number, width: number): number[] =>
  Array.from({ length: width }, (_, k) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += numbers[row * width + k]!;
    return sum;
  });

export const means = (numbers: Float64Array, rows: number, width: number): number[] => sums(numbers, rows, width).map((sum) => sum / rows);

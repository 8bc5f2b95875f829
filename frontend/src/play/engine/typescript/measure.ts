/** How good a network is on all points at once, as `pellucid/playground/measure.py` measures it. */
import type { Parts } from "../../protocol";
import { decide } from "./objective";
import type { PlayNetwork } from "./play_network";

export interface Measure {
  /** Means without penalty; NaN where there are no points. */
  loss: { [part in keyof Parts]: number };
  /** Shares of right decisions; null in regression. */
  accuracy: { [part in keyof Parts]: number } | null;
  /** The class that each point was decided to be of. */
  decided: Uint8Array;
}

export function measure(network: PlayNetwork, w: Float64Array): Measure {
  const { training, labels, objective, decided } = network;
  const [train, test] = [measurePart(network, w, 0, training, decided), measurePart(network, w, training, labels.length, decided)];
  return {
    loss: { train: train.loss, test: test.loss },
    accuracy: objective.classes ? { train: train.accuracy, test: test.accuracy } : null,
    decided,
  };
}

function measurePart(network: PlayNetwork, w: Float64Array, start: number, stop: number, decided: Uint8Array) {
  const { layers, x, targets, labels, objective: { loss, outputs } } = network;
  let sum = 0;
  let right = 0;
  layers.walk(w, x.subarray(start * layers.inputs, stop * layers.inputs), (rows, from) => {
    const first = start + from;
    sum += loss.value(layers.y, targets.subarray(first * outputs), rows, outputs);
    for (let row = 0; row < rows; row++) {
      decided[first + row] = decide(outputs, layers.y, row);
      if (decided[first + row] === labels[first + row]) right++;
    }
  });
  return { loss: sum / (stop - start), accuracy: right / (stop - start) };
}

/** How many test points of each class (down) were decided to be of each (across); null in regression. */
export function confusionOf({ objective: { classes }, labels, training }: PlayNetwork, decided: Uint8Array): number[][] | null {
  if (!classes) return null;
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = training; i < labels.length; i++) counts[labels[i]!]![decided[i]!]!++;
  return counts;
}

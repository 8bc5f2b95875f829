/** What symptoms are told by: a network at one moment, its course so far, and its data: `diagnosis/measurements.py`. */
import { trainingSubject } from "../questions/about";
import type { Subject } from "../questions/subject";
import type { PlayNetwork } from "../play_network";
import type { Training } from "../training";
import { UnitStatistics } from "./unit_statistics";

/** There is loss to win while the loss is above this part of what the best constant answer has. */
const TO_WIN = 0.5;

export class Measurements {
  readonly subject: Subject;
  readonly units: UnitStatistics;
  /** Gradients of the mean loss of all training points. */
  readonly g: Float64Array;
  readonly epochs: number[];
  readonly trainLosses: number[];
  readonly testLosses: number[];

  constructor(
    readonly training: Training,
    /** The loss of the best constant answer. */
    readonly chance: number,
  ) {
    this.subject = trainingSubject(training);
    this.g = new Float64Array(this.subject.w.length);
    this.units = new UnitStatistics(this.subject, this.g);
    const course = training.history.course();
    this.epochs = course.map(([epoch]) => epoch!);
    this.trainLosses = course.map(([, , loss]) => loss!);
    this.testLosses = course.map(([, , , loss]) => loss!);
  }

  get network(): PlayNetwork {
    return this.training.network;
  }

  get loss(): number {
    return this.training.measured.loss.train;
  }

  get hasLossToWin(): boolean {
    return !(this.loss <= TO_WIN * this.chance);
  }
}

/** The mean loss of the best constant outputs, found output by output: losses are convex in their outputs. */
export function chanceLoss({ objective: { loss, outputs }, targets, training }: PlayNetwork): number {
  const rows = new Float64Array(training * outputs);
  const bound = targets.subarray(0, training * outputs).reduce((most, target) => Math.max(most, Math.abs(target)), 20);
  const at = (k: number, value: number): number => {
    for (let i = k; i < rows.length; i += outputs) rows[i] = value;
    return loss.value(rows, targets, training, outputs) / training;
  };
  for (let round = 0; round < (outputs === 1 ? 1 : 3); round++) for (let k = 0; k < outputs; k++) at(k, lowest((value) => at(k, value), bound));
  return loss.value(rows, targets, training, outputs) / training;
}

/** Where a convex function between -bound and bound is lowest: by thirds. */
function lowest(value: (at: number) => number, bound: number): number {
  let [least, greatest] = [-bound, bound];
  for (let i = 0; i < 60; i++) {
    const third = (greatest - least) / 3;
    if (value(least + third) < value(greatest - third)) greatest -= third;
    else least += third;
  }
  return (least + greatest) / 2;
}

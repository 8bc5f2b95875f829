import { describe, expect, test } from "vitest";
import { penaltyValue } from "../../../src/play/engine/typescript/update";
import { TRACES, begin, near } from "./traces";

describe("a hundred steps give the weights of Python", () => {
  test.each(Object.entries(TRACES.training))("%s", (_, trace) => {
    const training = begin(trace);
    near(training.now.w, trace.first, 1e-13);
    while (training.now.step < 100 && training.canGoOn) training.advance(100 - training.now.step);
    const { now, measured, network } = training;
    expect([now.epoch, now.done, now.step]).toEqual(trace.at);
    expect([training.status, training.note]).toEqual([trace.status, trace.note]);
    near(now.w, trace.weights);
    near(now.slots.flatMap((slot) => [...slot]), trace.slots);
    near(training.gradients() ?? [], trace.gradients);
    near([measured.loss.train, measured.loss.test], trace.loss);
    near([penaltyValue(now.w, network.layers.arrays, network.state), training.rate], [trace.penalty, trace.learning_rate]);
    expect(measured.accuracy && [measured.accuracy.train, measured.accuracy.test]).toEqual(trace.accuracy);
  });
});

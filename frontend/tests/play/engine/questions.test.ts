import { describe, expect, test } from "vitest";
import { makeData } from "../../../src/play/engine/typescript/data";
import { makeNetwork } from "../../../src/play/engine/typescript/play_network";
import { answerQuestion } from "../../../src/play/engine/typescript/questions";
import { Training } from "../../../src/play/engine/typescript/training";
import { START } from "../../../src/play/state";
import { same } from "./same";
import { TRACES, dataState, near, networkState } from "./traces";

interface Values {
  rows?: { path: string; index: number[] }[];
  [name: string]: unknown;
}

interface Trace {
  data: object;
  network: object;
  steps: number;
  what: string;
  about: Record<string, unknown>;
  values: Values;
  arrays: Record<string, [number[], (number | null)[]]>;
}

describe("questions are answered as in Python", () => {
  test.each(Object.entries(TRACES.questions as unknown as Record<string, Trace>))("%s", (_, trace) => {
    const state = { ...START, data: dataState(trace.data) };
    const training = new Training(makeNetwork(networkState(trace.network), makeData(state.data)));
    while (training.now.step < trace.steps) training.advance(1);
    const found = answerQuestion(trace.what, trace.about, { state, trainings: [training] });
    const [values, wanted] = [inOrder(JSON.parse(JSON.stringify(found.values)) as Values), inOrder(trace.values)];
    same(values, wanted, trace.what);
    expect((found.arrays ?? []).map(({ name, shape }) => [name, shape])).toEqual(Object.entries(trace.arrays).map(([name, [shape]]) => [name, shape]));
    for (const { name, values } of found.arrays ?? []) near(values, trace.arrays[name]![1], 1e-9);
  });
});

/** Rows of `check` come by their error, which is rounding: here they are put in the order of their places. */
const inOrder = (values: Values): Values =>
  values.rows ? { ...values, rows: [...values.rows].sort((a, b) => `${a.path}${a.index.join()}`.localeCompare(`${b.path}${b.index.join()}`)) } : values;

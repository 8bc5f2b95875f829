import { describe, expect, test } from "vitest";
import { answerQuestion } from "../../../src/play/engine/typescript/questions";
import { START } from "../../../src/play/state";
import { same } from "./same";
import { TRACES, begin, dataState, near } from "./traces";

interface Values {
  rows?: { path: string; index: number[]; backward: number; verdict: string }[];
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
    const training = begin(trace);
    while (training.now.step < trace.steps) training.advance(1);
    const found = answerQuestion(trace.what, trace.about, { state, trainings: [training] });
    const [values, wanted] = [inOrder(JSON.parse(JSON.stringify(found.values)) as Values), inOrder(trace.values)];
    same(values, wanted, trace.what);
    expect((found.arrays ?? []).map(({ name, shape }) => [name, shape])).toEqual(Object.entries(trace.arrays).map(([name, [shape]]) => [name, shape]));
    for (const { name, values } of found.arrays ?? []) near(values, trace.arrays[name]![1], 1e-9);
  });
});

/** Rows of `check` come by their error, and have numbers that are mostly rounding: here by their places, without those. */
function inOrder(values: Values): Values {
  if (!values.rows) return values;
  const rows = values.rows.map(({ path, index, backward, verdict }) => ({ path, index, backward, verdict }));
  const place = ({ path, index }: { path: string; index: number[] }) => `${path} ${index.map((i) => String(i).padStart(3, "0")).join(" ")}`;
  return { ...values, rows: rows.sort((a, b) => (place(a) < place(b) ? -1 : 1)) };
}

import { describe, expect, test } from "vitest";
import { makeData } from "../../../src/play/engine/typescript/data";
import { makeNetwork } from "../../../src/play/engine/typescript/play_network";
import { answerQuestion } from "../../../src/play/engine/typescript/questions";
import { Training } from "../../../src/play/engine/typescript/training";
import { START } from "../../../src/play/state";
import { TRACES, dataState, near, networkState } from "./traces";

interface Trace {
  data: object;
  network: object;
  steps: number;
  what: string;
  about: Record<string, unknown>;
  values: Record<string, unknown>;
  arrays: Record<string, [number[], (number | null)[]]>;
}

describe("questions are answered as in Python", () => {
  test.each(Object.entries(TRACES.questions as unknown as Record<string, Trace>))("%s", (_, trace) => {
    const state = { ...START, data: dataState(trace.data) };
    const training = new Training(makeNetwork(networkState(trace.network), makeData(state.data)));
    while (training.now.step < trace.steps) training.advance(1);
    const found = answerQuestion(trace.what, trace.about, { state, trainings: [training] });
    same(JSON.parse(JSON.stringify(found.values)), trace.values, trace.what);
    expect((found.arrays ?? []).map(({ name, shape }) => [name, shape])).toEqual(Object.entries(trace.arrays).map(([name, [shape]]) => [name, shape]));
    for (const { name, values } of found.arrays ?? []) near(values, trace.arrays[name]![1], 1e-9);
  });
});

/** Measured slopes differ by the rounding of two losses over their distance. */
const LOOSE: Record<string, number> = { numerical: 1e-7, absolute: 1, relative: 1 };

/** The same names and texts, and numbers to 1e-9 of those they stand among. */
function same(found: unknown, wanted: unknown, where: string, scale = 1): void {
  if (typeof wanted === "number") {
    const bar = LOOSE[where] ?? 1e-9;
    if (!(Math.abs((found as number) - wanted) <= bar * Math.max(scale, Math.abs(wanted)))) expect.fail(`${where} is ${found}, not ${wanted}`);
  } else if (typeof wanted === "object" && wanted !== null && typeof found === "object" && found !== null) {
    expect(Object.keys(found), where).toEqual(Object.keys(wanted));
    const numbers = Object.values(wanted).filter((value): value is number => typeof value === "number");
    const among = Array.isArray(wanted) ? Math.max(0, ...numbers.map(Math.abs)) : 0;
    for (const [name, part] of Object.entries(wanted)) same(found[name as keyof typeof found], part, Array.isArray(wanted) ? where : name, among);
  } else expect(found, where).toEqual(wanted);
}

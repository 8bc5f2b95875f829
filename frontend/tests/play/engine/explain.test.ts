import { describe, expect, test } from "vitest";
import type { Step } from "../../../src/play/engine/typescript/explain/steps";
import { answerQuestion } from "../../../src/play/engine/typescript/questions";
import { START } from "../../../src/play/state";
import { same } from "./same";
import { TRACES, begin, dataState } from "./traces";

interface Trace {
  data: object;
  network: object;
  about: Record<string, unknown>;
  target: string;
  told: [string, string | null, number, (string | null)?, (number[] | null)?][];
  lights: unknown[];
}

/** Measured slopes are told by two losses that are nearly alike. */
const MEASURED = ["E(+h)", "E(-h)", "numerical", "relative error"];

describe("a number is derived as in Python", () => {
  test.each(Object.entries(TRACES.explain as unknown as Record<string, Trace>))("%s", (_, trace) => {
    const state = { ...START, data: dataState(trace.data) };
    const training = begin(trace);
    training.advance(2);
    const { values } = answerQuestion("explain", trace.about, { state, trainings: [training] });
    const { sections } = values["derivation"] as { sections: { steps: Step[] }[] };
    const steps = sections.flatMap((section) => section.steps);
    expect(values["target"]).toBe(trace.target);
    expect(sorted(steps.map(({ name, formula }) => `${name} = ${formula}`))).toEqual(sorted(trace.told.map(([name, formula]) => `${name} = ${formula}`)));
    for (const [name, formula, value, numbers, terms] of trace.told) {
      if (MEASURED.includes(name)) continue;
      const step = steps.find((one) => one.name === name && one.formula === formula)!;
      same([step.value], [value], name);
      if (terms !== undefined) same(step.terms, terms, name);
      if (numbers !== undefined) same(figures(step.numbers), figures(numbers), name);
    }
    same((values["lights"] as object[]).map((light) => Object.values(light)), trace.lights, "lights");
  });
});

const sorted = (texts: string[]): string[] => [...texts].sort();
const NUMBER = /\d+(?:\.\d+)?(?:e[-+]\d+)?/g;
const figures = (text: string | null): number[] => text?.match(NUMBER)?.map(Number) ?? [];

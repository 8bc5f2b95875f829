import { expect, test } from "vitest";
import * as catalogue from "../../../src/i18n/play/derivation.zh";
import { answerQuestion } from "../../../src/play/engine/typescript/questions";
import { START } from "../../../src/play/state";
import { translated } from "../../../src/play/why/sentences";
import { TRACES, begin, dataState } from "../engine/traces";

interface Trace {
  data: object;
  network: object;
  about: Record<string, unknown>;
}

function reasonsOf(trace: Trace): string[] {
  const state = { ...START, data: dataState(trace.data) };
  const { values } = answerQuestion("explain", trace.about, { state, trainings: [begin(trace)] });
  const { sections } = values["derivation"] as { sections: { steps: { why: string }[] }[] };
  return sections.flatMap(({ steps }) => steps.map(({ why }) => why)).filter(Boolean);
}

/** The lines of an update rule are formulas: "Adam: m = ...". */
const RULE = /^[A-Z]\w+: /;

test("the reasons of dense networks' derivations are said in Chinese", () => {
  const reasons = new Set(Object.values(TRACES.explain as unknown as Record<string, Trace>).flatMap(reasonsOf));
  expect(reasons.size).toBeGreaterThan(20);
  expect([...reasons].filter((why) => !RULE.test(why) && translated(why, catalogue) === undefined)).toEqual([]);
});

import { expect, test } from "vitest";
import * as catalogue from "../../../src/i18n/play/derivation.zh";
import { makeData } from "../../../src/play/engine/typescript/data";
import { makeNetwork } from "../../../src/play/engine/typescript/play_network";
import { answerQuestion } from "../../../src/play/engine/typescript/questions";
import { Training } from "../../../src/play/engine/typescript/training";
import { START } from "../../../src/play/state";
import { translated } from "../../../src/play/why/sentences";
import { TRACES, dataState, networkState } from "../engine/traces";

interface Trace {
  data: object;
  network: object;
  about: Record<string, unknown>;
}

function reasonsOf({ data, network, about }: Trace): string[] {
  const state = { ...START, data: dataState(data) };
  const training = new Training(makeNetwork(networkState(network), makeData(state.data)));
  const { values } = answerQuestion("explain", about, { state, trainings: [training] });
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

import { describe, expect, test } from "vitest";
import { makeData } from "../../../src/play/engine/typescript/data";
import { makeNetwork } from "../../../src/play/engine/typescript/play_network";
import { SignWatch } from "../../../src/play/engine/typescript/signs";
import { Training } from "../../../src/play/engine/typescript/training";
import { TRACES, dataState, networkState } from "./traces";
import { same } from "./same";

describe("signs are those that Python sees", () => {
  test.each(Object.entries(TRACES.signs))("%s", (_, trace) => {
    const training = new Training(makeNetwork(networkState(trace.network), makeData(dataState(trace.data))));
    while (training.now.epoch < trace.epochs && training.canGoOn) training.advance(100);
    const signs = new SignWatch(training, () => 0).signs(false);
    expect(signs.map(({ sign }) => sign)).toEqual(trace.signs.map(({ sign }) => sign));
    same(JSON.parse(JSON.stringify(signs)), trace.signs, "signs");
  });
});

import { describe, expect, test } from "vitest";
import { SignWatch } from "../../../src/play/engine/typescript/signs";
import { TRACES, begin } from "./traces";
import { same } from "./same";

describe("signs are those that Python sees", () => {
  test.each(Object.entries(TRACES.signs))("%s", (_, trace) => {
    const training = begin(trace);
    while (training.now.epoch < trace.epochs && training.canGoOn) training.advance(100);
    const signs = new SignWatch(training, () => 0).signs(false);
    expect(signs.map(({ sign }) => sign)).toEqual(trace.signs.map(({ sign }) => sign));
    same(JSON.parse(JSON.stringify(signs)), trace.signs, "signs");
  });
});

import { describe, expect, test } from "vitest";
import { foldBest, foreignText, sentence } from "../../src/views/run/events";

describe("events", () => {
  test("that say why a training ended", () => {
    expect(sentence({ kind: "ended", stopped: "all epochs done" })).toBe("Training ended: all epochs done.");
    expect(sentence({ kind: "ended" })).toBe("Training ended.");
    expect(sentence({ kind: "refused", error: "the rate is 0" })).toBe("Refused: the rate is 0");
  });
  test("of the best value are folded to the last, with how often it was reached", () => {
    const events = [{ kind: "best", step: 1, value: 3 }, { kind: "note", step: 2 }, { kind: "best", step: 3, value: 2, monitor: "loss" }];
    const folded = foldBest(events);
    expect(folded.map(({ kind, step }) => [kind, step])).toEqual([["note", 2], ["best", 3]]);
    expect(sentence(folded[1]!)).toContain("2, the last of 2.");
  });
  test("have words of the run, which are English in any language, and words of the page and of readers, which are not", () => {
    expect(foreignText({ kind: "stop", reason: "gradients are NaN" })).toBe("gradients are NaN");
    expect(foreignText({ kind: "finding", text: "dead units" })).toBe("dead units");
    expect(foreignText({ kind: "note", text: "my note" })).toBeNull();
    expect(foreignText({ kind: "learning_rate", before: 1, after: 2, reason: "plateau" })).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import { formatPlace, parsePlace } from "../../src/state/location";

describe("addresses", () => {
  test("come back as they were, whatever the run is called", () => {
    for (const run of ["a", "sweep/run 1", "50%", "a?b#c&d=e", "层", "<script>"]) {
      const options = new Map([["smooth", "0.6"], ["zoom", "1~2"]]);
      const place = parsePlace(formatPlace("run", run, options));
      expect(place).toEqual({ view: "run", run, options, dropped: false });
    }
  });
  test("of another version are read as far as they are known, and that is said", () => {
    expect(parsePlace("#v9/run/a?tab=curves")).toMatchObject({ view: "run", run: "a", dropped: true });
    expect(parsePlace("#v9/lattice/a")).toMatchObject({ view: "runs", run: null, dropped: true });
  });
  test("that are empty, or cut short, show the list", () => {
    expect(parsePlace("")).toMatchObject({ view: "runs", dropped: false });
    expect(parsePlace("#v1/run/")).toMatchObject({ view: "runs", dropped: true });
    expect(parsePlace("#v1/run/%E5%B")).toMatchObject({ view: "run", run: "%E5%B" });
  });
});

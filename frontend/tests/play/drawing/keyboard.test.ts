import { describe, expect, test } from "vitest";
import { moveTo, stepOf, stillThere } from "../../../src/play/drawing/keyboard";

const units = [7, 4, 2, 1];

describe("arrow keys in the network", () => {
  test.each([
    ["ArrowRight", [0, 1], [1, 1]], ["ArrowRight", [0, 6], [1, 3]], ["ArrowRight", [3, 0], [3, 0]],
    ["ArrowLeft", [1, 3], [0, 3]], ["ArrowLeft", [0, 0], [0, 0]],
    ["ArrowDown", [1, 2], [1, 3]], ["ArrowDown", [1, 3], [1, 3]], ["ArrowUp", [1, 0], [1, 0]], ["ArrowUp", [0, 4], [0, 3]],
    ["Home", [3, 0], [0, 0]], ["End", [0, 5], [3, 0]], ["PageDown", [0, 0], [0, 6]], ["PageUp", [0, 5], [0, 0]],
  ])("%s leads from %j to %j", (key, [layer, unit], [nextLayer, nextUnit]) => {
    expect(moveTo(key, { layer: layer!, unit: unit! }, units)).toEqual({ layer: nextLayer, unit: nextUnit });
  });
  test("go the other way round in a network that is drawn downwards", () => {
    expect(moveTo("ArrowDown", { layer: 0, unit: 1 }, units, true)).toEqual({ layer: 1, unit: 1 });
    expect(moveTo("ArrowRight", { layer: 0, unit: 1 }, units, true)).toEqual({ layer: 0, unit: 2 });
  });
  test("every unit is reached from every other", () => {
    const seen = new Set<string>(["0 0"]);
    const ways = [{ layer: 0, unit: 0 }];
    while (ways.length) {
      const from = ways.pop()!;
      for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]) {
        const to = moveTo(key, from, units)!;
        if (!seen.has(`${to.layer} ${to.unit}`)) ways.push(to);
        seen.add(`${to.layer} ${to.unit}`);
      }
    }
    expect(seen.size).toBe(14);
  });
  test("other keys mean nothing", () => expect(moveTo("x", { layer: 0, unit: 0 }, units)).toBeNull());
});

test("the focus stays where a network has shrunk", () => {
  expect(stillThere({ layer: 3, unit: 5 }, [7, 1])).toEqual({ layer: 1, unit: 0 });
  expect(stillThere({ layer: 0, unit: 5 }, [7, 1])).toEqual({ layer: 0, unit: 5 });
});

test("a number field steps by a tenth of the size of its number", () => {
  expect([0, 0.004, 0.5, 1.2, 25, -25, NaN, 1e9].map(stepOf)).toEqual([0.01, 0.01, 0.01, 0.1, 1, 1, 0.01, 1000]);
});

import { describe, expect, test } from "vitest";
import type { TableData } from "../../src/state/tables";
import { nextPlace } from "../../src/views/runs/Parallel";
import { curveOf, groupLines, runLines } from "../../src/views/runs/overlayLines";
import { chosenColumns, columnsOf, toggledColumn } from "../../src/views/runs/tableColumns";
import { run } from "../runs";

const some = [
  run({ id: "a", settings: { epochs: 5, hidden: 4, seed: 0 }, results: { "test/accuracy": 0.9 }, last: { "validation/loss": 1 } }),
  run({ id: "b", settings: { epochs: 9, hidden: 4, seed: 1 }, results: { "test/accuracy": 0.8 }, last: { "validation/loss": 2 }, tags: ["x"] }),
];

describe("columns of the table", () => {
  const columns = columnsOf(some, ["validation/loss", "test/accuracy"], "validation/loss");
  test("are the metric, the test and what differs; epochs stand there once", () => {
    expect(columns.usual).toEqual(["status", "validation/loss", "test/accuracy", "seed", "epochs", "seconds", "started", "tags"]);
  });
  test("are in the address only where they are not the usual ones", () => {
    const more = toggledColumn(columns, columns.usual, "hidden")!;
    const chosen = chosenColumns(columns, `${more},nonsense`);
    expect(chosen).toEqual([...columns.usual, "hidden"]);
    expect(toggledColumn(columns, chosen, "hidden")).toBeNull();
    expect(chosenColumns(columns, "")).toBe(columns.usual);
  });
});

describe("overlaid curves", () => {
  const table = (epoch: number[], loss: number[]): TableData => ({
    axis: "epoch", total: epoch.length, decimated: false,
    columns: new Map([["epoch", Float64Array.from(epoch)], ["loss", Float64Array.from(loss)]]),
  });
  const curves = [...curveOf(some[0]!, table([1, 2, 3], [1, 2, 3]), "loss", "epoch", 0), ...curveOf(some[1]!, table([1, 3], [3, 5]), "loss", "epoch", 0)];
  test("of a group are its mean with the interval of that mean, also where a run was thinned", () => {
    const [high, low, mean] = groupLines(curves, "hidden", false);
    expect([high!.edge, low!.edge, mean!.label]).toEqual(["high", "low", "hidden 4 (2 runs)"]);
    expect([...Array.from(mean!.y)]).toEqual([2, 3, 4]);
    expect(high!.y[0]! - low!.y[0]!).toBeCloseTo(2 * 12.706 * Math.sqrt(2 / 2), 3);
  });
  test("of a group of one run have no band", () => {
    const [high, , mean] = groupLines(curves.slice(1), "hidden", false);
    expect([high!.y[0], mean!.y[0]]).toEqual([NaN, 3]);
  });
  test("of single runs have the raw line behind a smoothed one", () => {
    const smoothed = curveOf(some[0]!, table([1, 2], [1, 2]), "loss", "epoch", 0.5);
    expect(runLines(smoothed).map(({ key }) => key)).toEqual(["a|raw", "a"]);
  });
});

test("arrow keys go from run to run and stop at the ends", () => {
  expect(["ArrowDown", "ArrowUp", "Home", "End", "Escape", "a"].map((key) => nextPlace(key, -1, 3))).toEqual([0, 2, 0, 2, -1, null]);
  expect([nextPlace("ArrowDown", 2, 3), nextPlace("ArrowUp", 0, 3)]).toEqual([2, 0]);
});

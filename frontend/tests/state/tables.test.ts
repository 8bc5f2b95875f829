import { describe, expect, test } from "vitest";
import { decodeEnvelope, type Header } from "../../src/api/envelope";
import { EMPTY, MOST_POINTS, rowsOf, tableOf, withRows } from "../../src/state/tables";
import { pack } from "../envelopes";

const message = (first: number, steps: number[], told: Partial<Header> = {}, names = ["step", "loss"]) =>
  decodeEnvelope(pack({ columns: names, rows: steps.length, first, total: first + steps.length, ...told }, [steps, steps.map((step) => 1 / step)]));

describe("tables that grow", () => {
  test("take new rows at their end", () => {
    const table = withRows(tableOf(message(0, [1, 2])), message(2, [3]))!;
    expect([...table.columns.get("step")!]).toEqual([1, 2, 3]);
    expect(table.total).toBe(3);
  });
  test("take only what is new of rows told twice", () => {
    const table = withRows(tableOf(message(0, [1, 2, 3])), message(1, [2, 3, 4]))!;
    expect([...table.columns.get("step")!]).toEqual([1, 2, 3, 4]);
  });
  test("say so where rows are missing between", () => {
    expect(withRows(tableOf(message(0, [1, 2])), message(5, [6]))).toBeNull();
    expect(withRows(EMPTY, message(5, [6]))).toBeNull();
  });
  test("have NaN where a column came later", () => {
    const table = withRows(tableOf(message(0, [1, 2])), message(2, [4], {}, ["step", "accuracy"]))!;
    expect([...table.columns.get("accuracy")!]).toEqual([NaN, NaN, 0.25]);
    expect([...table.columns.get("loss")!]).toEqual([1, 0.5, NaN]);
  });
  test("are thinned when they are longer than any screen, and keep every peak", () => {
    const steps = Array.from({ length: MOST_POINTS + 10 }, (_, index) => index + 1);
    const table = withRows(tableOf(message(0, [1])), message(1, steps.slice(1)))!;
    expect(rowsOf(table)).toBeLessThanOrEqual(MOST_POINTS);
    expect(table.decimated).toBe(true);
    expect(Math.max(...table.columns.get("loss")!)).toBe(1);
    expect(table.columns.get("step")!.at(-1)).toBe(MOST_POINTS + 10);
  });
});

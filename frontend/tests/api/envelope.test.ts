import { describe, expect, test } from "vitest";
import { columnsOf, decodeEnvelope } from "../../src/api/envelope";
import { pack } from "../envelopes";

describe("messages", () => {
  test("give columns, their origin added, beyond what float32 holds", () => {
    const buffer = pack({ columns: ["step", "loss"], rows: 2, origin: { step: 20_000_001 } }, [[0, 1], [0.5, NaN]]);
    const columns = columnsOf(decodeEnvelope(buffer));
    expect([...columns.get("step")!]).toEqual([20_000_001, 20_000_002]);
    expect([...columns.get("loss")!]).toEqual([0.5, NaN]);
  });
  test("cut off anywhere are refused, never read as something else", () => {
    const whole = pack({ columns: ["step"], rows: 3 }, [[1, 2, 3]]);
    for (let end = 0; end < whole.byteLength; end++) {
      expect(() => columnsOf(decodeEnvelope(whole.slice(0, end)))).toThrow();
    }
  });
  test("of another version are refused", () => {
    expect(() => decodeEnvelope(pack({ version: 2 }))).toThrow("version 2");
  });
  test("keep names of any alphabet", () => {
    expect(decodeEnvelope(pack({ run: "层 é" })).header.run).toBe("层 é");
  });
});

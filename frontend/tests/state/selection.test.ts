import { expect, test } from "vitest";
import { formatIds, parseIds } from "../../src/state/selection";

test("ids with commas and percent signs stay whole", () => {
  const ids = ["a,b", "50%", "c/d", "层"];
  expect(parseIds(formatIds(ids))).toEqual(ids);
});

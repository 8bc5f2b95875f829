import { expect, test } from "vitest";
import { address, runPath } from "../../src/api/source";

test("a run is one segment of an address, whatever is in its name", () => {
  expect(runPath("a/b c?#%", "/tables/steps")).toBe("api/runs/a%2Fb%20c%3F%23%25/tables/steps");
});
test("what is not given is not asked", () => {
  expect(address("api/x", { from: 0, to: undefined, name: "dense/W" })).toBe("api/x?from=0&name=dense%2FW");
});

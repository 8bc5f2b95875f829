import { describe, expect, test } from "vitest";
import { heightOf, momentumAt, momentumOf, patchAt, rateAt, shareOf, steadyRate } from "../../../src/play/why/ratePlane";
import { START, type NetworkState } from "../../../src/play/state";

const network = (patch: Partial<NetworkState>): NetworkState => ({ ...START.networks[0]!, ...patch });

describe("the plane of step size and momentum", () => {
  test("places and numbers go both ways", () => {
    for (const rate of [1e-4, 0.03, 10]) expect(rateAt(shareOf(rate))).toBeCloseTo(rate, 9);
    for (const momentum of [0, 0.5, 0.9, 0.99]) expect(momentumAt(heightOf(momentum))).toBeCloseTo(momentum, 9);
    expect([rateAt(-1), rateAt(2), momentumAt(2)]).toEqual([1e-4, 10, 0.99]);
  });

  test("a place with momentum makes gradient descent one with momentum; other rules keep their own", () => {
    expect(patchAt(network({}), 0.1234, 0.5)).toEqual({ learning_rate: 0.12, optimizer: "momentum", momentum: 0.5 });
    expect(patchAt(network({}), 0.1234, 0)).toEqual({ learning_rate: 0.12 });
    expect(patchAt(network({ optimizer: "nesterov" }), 1, 0)).toEqual({ learning_rate: 1, momentum: 0 });
    expect(patchAt(network({ optimizer: "adam" }), 1, 0.5)).toEqual({ learning_rate: 1 });
    expect([momentumOf(network({})), momentumOf(network({ optimizer: "momentum" }))]).toEqual([0, 0.9]);
  });

  test("steps are steady up to 2 (1 + m) / sharpness", () => {
    expect(steadyRate("gradient_descent", 0, 4)).toBe(0.5);
    expect(steadyRate("momentum", 0.5, 4)).toBe(0.75);
    expect(steadyRate("nesterov", 0.5, 4)).toBe(0.375);
    expect([steadyRate("adam", 0, 4), steadyRate("momentum", 0, null), steadyRate("momentum", 0, -1)]).toEqual([null, null, null]);
  });
});

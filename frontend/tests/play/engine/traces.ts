/** What the Python engine gives for the states of tests/play_traces, and how near the one in TypeScript has to be. */
import { expect } from "vitest";
import { makeData } from "../../../src/play/engine/typescript/data";
import { makeNetwork } from "../../../src/play/engine/typescript/play_network";
import { Training } from "../../../src/play/engine/typescript/training";
import type { DataState, NetworkState, PlayState } from "../../../src/play/state";
import stored from "../traces.json";

export const TRACES = stored;

export const dataState = (part: object): DataState => ({ ...(stored.start as unknown as PlayState).data, ...part });
const networkState = (part: object): NetworkState => ({ ...(stored.start as unknown as PlayState).networks[0]!, ...part });

/** The training of a trace, before its first step. */
export const begin = ({ data, network }: { data: object; network: object }): Training =>
  new Training(makeNetwork(networkState(network), makeData(dataState(data))));

/** Numbers are equal to `bar`, relative to the largest of those they stand among; null is one that is not finite. */
export function near(given: ArrayLike<number>, wanted: ArrayLike<number | null>, bar = 1e-10): void {
  expect(given.length).toBe(wanted.length);
  let scale = 0;
  for (let i = 0; i < wanted.length; i++) scale = Math.max(scale, Math.abs(wanted[i] ?? 0));
  for (let i = 0; i < wanted.length; i++) {
    const number = wanted[i]!;
    const right = number === null ? !Number.isFinite(given[i]) : Math.abs(given[i]! - number) <= bar * scale;
    if (!right) expect.fail(`number ${i} is ${given[i]}, not ${wanted[i]}`);
  }
}

/** Changes that signs offer: what they change, and how they are taken back. */
import type { NetworkState } from "../state";

export type Patch = Partial<NetworkState>;

/** The fields of a patch that differ from the network, with both values. */
export function changesOf(patch: Patch, network: NetworkState): { field: keyof NetworkState; from: unknown; to: unknown }[] {
  return (Object.keys(patch) as (keyof NetworkState)[])
    .filter((field) => JSON.stringify(patch[field]) !== JSON.stringify(network[field]))
    .map((field) => ({ field, from: network[field], to: patch[field] }));
}

/** What puts back what a patch changes. */
export const inverseOf = (patch: Patch, network: NetworkState): Patch =>
  Object.fromEntries((Object.keys(patch) as (keyof NetworkState)[]).map((field) => [field, network[field]]));

/** Whether the network still is as the patch made it. */
export const isInPlace = (patch: Patch, network: NetworkState): boolean => changesOf(patch, network).length === 0;

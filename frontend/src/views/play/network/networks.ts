/** Networks are added, duplicated and removed. */
import { MOST_NETWORKS } from "../../../play/fields";
import type { PlayState } from "../../../play/state";
import { change } from "../../../play/store";

/** The state with a copy of a network at the end, which is the one worked on from then. */
export const withCopy = (state: PlayState, index: number): PlayState =>
  state.networks.length >= MOST_NETWORKS
    ? state
    : { ...state, networks: [...state.networks, structuredClone(state.networks[index]!)], view: { ...state.view, network: state.networks.length } };

export function withoutNetwork(state: PlayState, index: number): PlayState {
  if (state.networks.length === 1) return state;
  const networks = state.networks.filter((_, at) => at !== index);
  const shown = state.view.network - (state.view.network > index ? 1 : 0);
  return { ...state, networks, view: { ...state.view, network: Math.min(shown, networks.length - 1) } };
}

export const addNetwork = (index: number): void => change((state) => withCopy(state, index));
export const removeNetwork = (index: number): void => change((state) => withoutNetwork(state, index));

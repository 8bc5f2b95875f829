/** What the panels need to know of the network that is shown. */
import { useComputed } from "@preact/signals";
import type { NetworkHeader } from "../../../play/protocol";
import { selected } from "../../../play/selection";
import { data, frame } from "../../../play/session";
import { state } from "../../../play/store";
import type { Naming } from "../../../play/why/names";

const NO_LAYERS: NetworkHeader["layers"] = [];

/** The layers of the network shown: the same array while they are the same. */
export function useLayers(): NetworkHeader["layers"] {
  const text = useComputed(() => JSON.stringify(frame.value?.networks[state.value.view.network]?.layers ?? NO_LAYERS));
  return useComputed(() => JSON.parse(text.value) as NetworkHeader["layers"]).value;
}

export function namingOf(layers: NetworkHeader["layers"], inputs: readonly string[], examples: number): Naming {
  return { layers: layers.map(({ path }) => path), inputs, examples };
}

/** The names of what goes in: features, or the columns of data that have others. */
export function inputNames(): readonly string[] {
  const columns = data.value?.columns ?? state.value.data.columns;
  return columns.length === 2 ? state.value.networks[state.value.view.network]!.features : columns;
}

/** What is selected, while the network has it. */
export function targetOf(layers: NetworkHeader["layers"], inputs: number): string | null {
  const found = /^(\w+?)(?:\/([Wb]))?\[([\d, ]+)\]$/.exec(selected.value ?? "");
  if (!found) return null;
  const index = found[3]!.split(",").map(Number);
  const layer = layers.findIndex(({ path }) => path === found[1]);
  const before = layer > 0 ? layers[layer - 1]!.units : inputs;
  const isThere = layer >= 0 && index.at(-1)! < layers[layer]!.units && (found[2] !== "W" || index[0]! < before);
  return isThere ? selected.value : null;
}

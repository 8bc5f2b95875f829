/** What a step can measure, from the state and the last frame: docs/playground-course.md lists the names. */
import type { Frame } from "../frames";
import type { Activity } from "../session";
import type { PlayState } from "../state";
import type { Measured } from "./conditions";

export function measure(
  state: PlayState,
  frame: Frame | null,
  now: Activity,
  since: Activity,
  begun: { epoch: number; step: number },
  answer: number | null,
): Measured {
  const settings = state.networks[state.view.network]!;
  const network = frame?.networks[state.view.network] ?? null;
  const epoch = network?.epoch ?? 0;
  const step = network?.step ?? 0;
  const { train = null, test = null } = network?.loss ?? {};
  const flat = Object.entries<unknown>({ ...state.data, ...settings });
  return {
    numbers: {
      ...Object.fromEntries(flat.filter((entry): entry is [string, number] => typeof entry[1] === "number")),
      epoch,
      // after a reset all is counted from 0 again
      epochs: epoch < begun.epoch ? epoch : epoch - begun.epoch,
      steps: step < begun.step ? step : step - begun.step,
      "loss.train": train,
      "loss.test": test,
      gap: train === null || test === null ? null : test - train,
      "accuracy.train": network?.accuracy?.train ?? null,
      "accuracy.test": network?.accuracy?.test ?? null,
      edits: now.edits - since.edits,
      layers: settings.layers.length,
      units: settings.layers[0]?.units ?? 0,
      networks: state.networks.length,
      answer,
    },
    words: {
      ...Object.fromEntries(flat.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
      data: state.data.name,
      activation: settings.layers[0]?.activation ?? "",
      status: network?.status ?? "",
    },
    lists: { features: settings.features },
    opened: [state.view.tab || "why"],
    selected: now.selected.slice(since.selected.length),
  };
}

/** A preset is taken: its state and, where it has them, its weights. */
import { findPreset, type Preset } from "./presets";
import { beginWith } from "./session";
import { preset, takeState } from "./store";

export function beginPreset(chosen: Preset): void {
  takeState(chosen.state, chosen.name);
  beginWith(chosen.weights ?? null);
}

/** The address named a preset: its weights are given to the engine when it comes. */
export function startPreset(): void {
  const weights = findPreset(preset.peek())?.weights;
  if (weights) beginWith(weights);
}

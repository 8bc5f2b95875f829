/** Presets are files, one each: `src/pellucid/playground/presets/NAME.json`. */
import type { Language } from "../i18n";
import { repair } from "./repair";
import type { PlayState } from "./state";

export interface PresetTexts {
  title: string;
  /** What to look for. */
  see: string;
  /** What to try next. */
  try: string;
}

export interface Preset {
  name: string;
  /** Its place in the menu: `good`, or `bad` where something goes wrong. */
  kind: "good" | "bad";
  order: number;
  /** What differs from the start. */
  state: unknown;
  /** The weights it begins with, by path; else they are drawn. */
  weights?: Record<string, unknown>;
  texts: Record<Language, PresetTexts>;
}

const files = import.meta.glob<Preset>("../../../src/pellucid/playground/presets/*.json", { eager: true, import: "default" });

export const PRESETS: readonly Preset[] = Object.values(files).sort((a, b) => a.order - b.order);

export const findPreset = (name: string | null): Preset | null => PRESETS.find((preset) => preset.name === name) ?? null;

export function presetState(name: string): PlayState | null {
  const preset = findPreset(name);
  return preset && repair(preset.state).state;
}

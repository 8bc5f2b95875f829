/** One step in slow motion: which stage is shown, and what the drawing lights up in it. */
import type { NetworkHeader } from "../protocol";
import type { Light } from "../selection";
import { entries, type Stage } from "./answers";

type Kind = Light["kind"];

/** The units and weights of a stage, with its numbers. */
export function lightsOf(stage: Stage, layers: NetworkHeader["layers"]): Light[] {
  if (stage.stage === "inputs") return unitLights("x", stage.outputs, "forward");
  if (stage.stage === "loss") return unitLights(layers.at(-1)?.path ?? "", stage.outputs, "forward");
  if (stage.stage === "forward") return unitLights(stage.path, stage.outputs, "forward");
  if (stage.stage === "backward") {
    const weights = Object.entries(stage.gradients).flatMap(([path, nested]) => weightLights(path, nested, "backward"));
    return [...unitLights(stage.path, stage.deltas, "backward"), ...weights];
  }
  return Object.entries(stage.weights).flatMap(([path, { after }]) => weightLights(path, after, "forward"));
}

const unitLights = (path: string, values: readonly (number | null)[], kind: Kind): Light[] => values.map((value, unit) => ({ path, index: [unit], kind, value }));

const weightLights = (path: string, nested: Parameters<typeof entries>[0], kind: Kind): Light[] =>
  [...entries(nested)].map(([index, value]) => ({ path, index, kind, value }));

/** The stage after, or before; at the ends it stays. */
export const moved = (at: number, by: number, count: number): number => Math.min(Math.max(at + by, 0), count - 1);

/** One step in slow motion: which stage is shown, and what the drawing lights up in it. */
import type { NetworkHeader } from "../protocol";
import type { Stage } from "./answers";

/** The units and weights of a stage, as the drawing names them. */
export function lightsOf(stage: Stage, layers: NetworkHeader["layers"]): string[] {
  if (stage.stage === "inputs") return [];
  const units = (path: string) => Array.from({ length: layers.find((layer) => layer.path === path)?.units ?? 0 }, (_, unit) => `${path}[${unit}]`);
  if (stage.stage === "loss") return units(layers.at(-1)?.path ?? "");
  if (stage.stage === "update") return layers.flatMap(({ path }) => [`${path}/W`, `${path}/b`]);
  return [...units(stage.path), `${stage.path}/W`, `${stage.path}/b`];
}

/** The stage after, or before; at the ends it stays. */
export const moved = (at: number, by: number, count: number): number => Math.min(Math.max(at + by, 0), count - 1);

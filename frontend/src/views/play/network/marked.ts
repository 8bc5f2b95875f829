/** What the drawing sets off from the rest. */
import type { Column } from "../../../play/drawing/columns";
import { litOf, type Lit } from "../../../play/drawing/lights";
import type { Part } from "../../../play/drawing/pointing";
import type { HoveredUnit } from "../../../play/selection";

/** What is selected, and the part that is pointed at. */
export function chosenOf(selected: string | null, part: Part | null, columns: readonly Column[]): Lit {
  const chosen = litOf(selected === null ? [] : [selected], columns);
  if (!part) return chosen;
  return {
    link: (layer, from, to) => chosen.link(layer, from, to) || (part.kind === "link" && part.layer === layer && part.from === from && part.to === to),
    bias: (layer, unit) => chosen.bias(layer, unit) || (part.kind === "bias" && part.layer === layer && part.to === unit),
    unit: chosen.unit,
  };
}

export const nearOf = (unit: HoveredUnit | null): { layer: number; unit: number } | null => (unit && "layer" in unit ? unit : null);

/** What the drawing sets off from the rest. */
import type { Column } from "../../../play/drawing/columns";
import { litTarget, type Lit, type LitNumbers } from "../../../play/drawing/lights";
import type { Part } from "../../../play/drawing/pointing";
import type { HoveredUnit } from "../../../play/selection";

const POINTED: LitNumbers = {};

/** What is selected, and the part that is pointed at. */
export function chosenOf(selected: string | null, part: Part | null, columns: readonly Column[]): Lit {
  const chosen = litTarget(selected, columns);
  if (!part) return chosen;
  return {
    link: (layer, from, to) => (part.kind === "link" && part.layer === layer && part.from === from && part.to === to ? POINTED : chosen.link(layer, from, to)),
    bias: (layer, unit) => (part.kind === "bias" && part.layer === layer && part.to === unit ? POINTED : chosen.bias(layer, unit)),
    unit: chosen.unit,
  };
}

export const nearOf = (unit: HoveredUnit | null): { layer: number; unit: number } | null => (unit && "layer" in unit ? unit : null);

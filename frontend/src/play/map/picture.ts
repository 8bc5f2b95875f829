/** What the map shows: the answer of the network, or a unit or feature that is pointed at. */
import { classColours, signedPalette } from "../palette";
import { scaleOf } from "../drawing/colours";
import type { Numbers } from "../frames";
import { hoveredUnit, type HoveredUnit } from "../selection";
import { frame } from "../session";
import { state } from "../store";
import { paintClasses, paintSigned, type Picture } from "./image";
import { scaleOfLabels } from "./points";

export interface Shown {
  picture: Picture;
  /** Null: it is the answer. */
  unit: HoveredUnit | null;
}

export function shownPicture(): Shown | null {
  const arrays = frame.value?.networks[state.value.view.network]?.arrays;
  if (!arrays) return null;
  const unit = hoveredUnit.value;
  const part = unit && partOf(arrays.get("feature" in unit ? "features" : `unit:${unit.layer}`), "feature" in unit ? unit.feature : unit.unit);
  if (part) return { picture: part, unit };
  return answerPicture(arrays.get("map"));
}

/** The answer of a network, as its frame has it. */
export function answerPicture(map: Numbers | undefined): Shown | null {
  const [count = 0, side = 0] = map?.shape ?? [];
  return map && side ? { picture: { values: map.values, count, side }, unit: null } : null;
}

function partOf(numbers: Numbers | undefined, index: number): Picture | null {
  const [count = 0, side = 0] = numbers?.shape ?? [];
  if (!numbers || index >= count || !side) return null;
  return { values: numbers.values.subarray(index * side * side, (index + 1) * side * side), count: 1, side };
}

export function paint(pixels: Uint32Array, { picture, unit }: Shown): void {
  const { discretize } = state.value.view;
  const palette = signedPalette();
  if (picture.count > 1) return paintClasses(pixels, picture, classColours(picture.count), palette, discretize);
  const scale = unit ? scaleOf(picture.values) : state.value.data.problem === "regression" ? scaleOfLabels() : 1;
  paintSigned(pixels, picture, palette, scale, discretize);
}

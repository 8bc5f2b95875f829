/** The network as a grid for the keyboard: arrow keys go from layer to layer and from unit to unit. */

export interface Cell {
  layer: number;
  unit: number;
}

/** Where a key leads from a unit; null where the key means nothing here. `units`: how many each layer has. */
export function moveTo(key: string, from: Cell, units: readonly number[], turned = false): Cell | null {
  const [back, forward, up, down] = turned
    ? ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]
    : ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
  const last = (layer: number): number => Math.max(0, units[layer]! - 1);
  const within = (layer: number, unit: number): Cell => ({ layer, unit: Math.min(Math.max(unit, 0), last(layer)) });
  if (key === back) return within(Math.max(from.layer - 1, 0), from.unit);
  if (key === forward) return within(Math.min(from.layer + 1, units.length - 1), from.unit);
  if (key === up) return within(from.layer, from.unit - 1);
  if (key === down) return within(from.layer, from.unit + 1);
  if (key === "Home") return within(0, from.unit);
  if (key === "End") return within(units.length - 1, from.unit);
  if (key === "PageUp") return within(from.layer, 0);
  if (key === "PageDown") return within(from.layer, last(from.layer));
  return null;
}

/** The unit that has the focus of a network that has changed: the same, or the nearest that is still there. */
export const stillThere = (cell: Cell, units: readonly number[]): Cell => {
  const layer = Math.min(cell.layer, units.length - 1);
  return { layer, unit: Math.min(cell.unit, Math.max(0, units[layer]! - 1)) };
};

/** The step of a number field's arrow keys: a tenth of the size of the number, so that small ones can be set finely. */
export function stepOf(value: number): number {
  const size = Math.abs(value);
  if (!Number.isFinite(size) || size < 0.01) return 0.01;
  return 10 ** Math.min(Math.floor(Math.log10(size)) - 1, 3);
}

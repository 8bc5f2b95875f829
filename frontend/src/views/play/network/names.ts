import { t } from "../../../i18n";
import type { Column } from "../../../play/drawing/columns";
import type { Part } from "../../../play/drawing/pointing";
import type { Activation } from "../../../play/state";

export const activationName = (activation: Activation): string => t(`play.activation.${activation}`);

/** What a unit, a feature or an output is called; layers and units are counted from 1, as readers do. */
export function unitName(columns: readonly Column[], layer: number, unit: number): string {
  const column = columns[layer]!;
  const place = column.units[unit];
  if (column.kind === "features") return t(place?.feature ? "net.feature" : "net.input", { name: place?.label ?? "" });
  if (column.kind === "output") return column.units.length > 1 ? t("net.output_class", { unit }) : t("net.output");
  return t("net.unit", { layer, unit: unit + 1 });
}

export function layerName(columns: readonly Column[], layer: number): string {
  const { kind, units } = columns[layer]!;
  if (kind === "features") return t(units[0]?.feature ? "net.features" : "net.inputs");
  return kind === "output" ? t("net.output") : t("net.hidden", { layer });
}

/** As short as what is lit in the drawing beside it allows. */
export function shortName(columns: readonly Column[], part: Part): string {
  if (part.kind === "bias") return t("net.bias");
  const name = (layer: number, unit: number): string => {
    const { kind, units } = columns[layer]!;
    return kind === "features" ? units[unit]!.label : kind === "output" ? unitName(columns, layer, unit) : t("net.unit_short", { unit: unit + 1 });
  };
  return `${name(part.layer - 1, part.from)} → ${name(part.layer, part.to)}`;
}

export const partName = (columns: readonly Column[], part: Part): string =>
  part.kind === "bias"
    ? t("net.bias_of", { unit: unitName(columns, part.layer, part.to) })
    : t("net.weight_of", { from: unitName(columns, part.layer - 1, part.from), to: unitName(columns, part.layer, part.to) });

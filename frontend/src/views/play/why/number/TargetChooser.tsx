import { Choice } from "../../../../components/basic";
import { t } from "../../../../i18n";
import { selected } from "../../../../play/selection";
import { frame } from "../../../../play/session";
import { state } from "../../../../play/store";
import { pretty } from "../../../../play/why/names";
import type { NetworkHeader } from "../../../../play/protocol";

interface Props {
  layers: NetworkHeader["layers"];
  inputs: readonly string[];
  target: string | null;
}

/** Any weight, bias or unit, by its layer, its unit, and where it comes from: what a click on the drawing chooses as well. */
export function TargetChooser({ layers, inputs, target }: Props) {
  const last = layers.length - 1;
  if (last < 0) return null;
  const found = /^(\w+?)(?:\/([Wb]))?\[([\d, ]+)\]$/.exec(target ?? "");
  const index = (found?.[3] ?? "0").split(",").map(Number);
  const layer = found ? layers.findIndex(({ path }) => path === found[1]) : last;
  const from = found?.[2] === "W" ? String(index[0]) : (found?.[2] ?? "unit");
  const take = (layer: number, unit: number, from: string) => {
    const { path, units } = layers[layer]!;
    selected.value = written(path, Math.min(unit, units - 1), from);
  };
  const before = layer ? Array.from({ length: layers[layer - 1]!.units }, (_, unit) => t("net.unit_short", { unit: unit + 1 })) : inputs.map(pretty);
  const layerName = (at: number) => (at === last ? t("net.output") : t("net.hidden_short", { layer: at + 1 }));
  return (
    <div class="why-target" role="group" aria-label={t("why.target")}>
      <Choice label={t("why.target.layer")} value={String(layer)} options={layers.map((_, at) => [String(at), layerName(at)] as const)} onChange={(at) => take(Number(at), index.at(-1)!, "unit")} />
      {layers[layer]!.units > 1 && (
        <Choice
          label={t("why.target.unit")} value={String(index.at(-1))}
          options={Array.from({ length: layers[layer]!.units }, (_, unit) => [String(unit), t("net.unit_short", { unit: unit + 1 })] as const)}
          onChange={(unit) => take(layer, Number(unit), from)}
        />
      )}
      <Choice
        label={t("why.target.number")} value={from}
        options={[["unit", t("why.target.sum")], ["b", t("net.bias")], ...before.map((name, at) => [String(at), t("why.target.weight", { from: name })] as const)]}
        onChange={(from) => take(layer, index.at(-1)!, from)}
      />
    </div>
  );
}

/** A maxout layer has pieces: the first one is meant. */
function written(path: string, unit: number, from: string): string {
  if (from === "unit") return `${path}[${unit}]`;
  const pieces = frame.peek()?.networks[state.peek().view.network]?.arrays.get(`param:${path}/W`)?.shape.length === 3 ? [0] : [];
  return from === "b" ? `${path}/b[${[...pieces, unit].join(", ")}]` : `${path}/W[${[Number(from), ...pieces, unit].join(", ")}]`;
}

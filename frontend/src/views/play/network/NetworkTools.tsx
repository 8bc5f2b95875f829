import { t } from "../../../i18n";
import { Check } from "../../../components/basic";
import type { Column } from "../../../play/drawing/columns";
import { MOST_LAYERS, MOST_NETWORKS } from "../../../play/fields";
import { look } from "../../../play/session";
import { changeNetwork, state } from "../../../play/store";
import type { LayerState } from "../../../play/state";
import { addNetwork } from "./networks";
import { PictureMenu } from "./PictureMenu";
import { Stepper } from "./Stepper";

/** How many units a new layer has. */
const NEW_UNITS = 2;

/** What changes the network as a whole, and its picture. */
export function NetworkTools({ index, columns }: { index: number; columns: readonly Column[] }) {
  const { networks, view } = state.value;
  const { layers } = networks[index]!;
  return (
    <div class="net-tools">
      {!view.hide.includes("layers") && (
        <span class="net-tool">
          <span>{t("net.layers")}</span>
          <Stepper
            value={layers.length} least={0} most={MOST_LAYERS} easy={6} label={t("net.layers")} fewer={t("net.fewer_layers")} more={t("net.more_layers")}
            onChange={(count) => changeNetwork({ layers: withCount(layers, count) }, index)}
          />
        </span>
      )}
      <Check label={t("net.gradients")} checked={look.value.gradients} onChange={(gradients) => (look.value = { ...look.value, gradients })} />
      {networks.length === 1 && !view.hide.includes("networks") && networks.length < MOST_NETWORKS && (
        <button type="button" class="small" onClick={() => addNetwork(index)}>{t("net.add")}</button>
      )}
      {!view.hide.includes("export") && <PictureMenu index={index} columns={columns} />}
    </div>
  );
}

/** Layers are taken from the end, and added there with the activation of the last. */
export const withCount = (layers: readonly LayerState[], count: number): LayerState[] =>
  Array.from({ length: count }, (_, layer) => layers[layer] ?? { units: NEW_UNITS, activation: layers.at(-1)?.activation ?? "tanh" });

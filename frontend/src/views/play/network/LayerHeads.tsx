import { t } from "../../../i18n";
import { ACTIVATIONS, type Activation } from "../../../play/state";
import type { Column } from "../../../play/drawing/columns";
import type { Layout } from "../../../play/drawing/geometry";
import { changeLayer, state } from "../../../play/store";
import { MOST_UNITS } from "../../../play/fields";
import { activationName, layerName } from "./names";
import { shapeOfSign, type UnitSign } from "../../../play/drawing/signs";
import { signText } from "./UnitGrid";
import { Stepper } from "./Stepper";

/** Above each layer its name; of hidden layers also the activation and how many units there are. Turned: a list. */
interface Props {
  index: number;
  columns: readonly Column[];
  layout: Layout;
  signs: readonly UnitSign[];
}

export function LayerHeads({ index, columns, layout, signs }: Props) {
  return (
    <div class={layout.turned ? "net-heads turned" : "net-heads"} style={layout.turned ? {} : { width: `${layout.width}px` }}>
      {columns.map((column, layer) => {
        if (layout.turned && column.kind !== "hidden") return null;
        const style = layout.turned ? {} : { left: `${layout.places[layer]![0]?.x ?? 0}px`, width: `${Math.min(layout.step - 6, WIDEST)}px` };
        return (
          <div class={`net-head of-${column.kind}`} key={layer} style={style}>
            <span class="net-head-name">{column.kind === "hidden" ? t("net.hidden_short", { layer }) : layerName(columns, layer)} <LayerSigns signs={signs.filter((sign) => sign.layer === layer && sign.unit === null)} /></span>
            {column.kind === "hidden" && <HiddenHead index={index} layer={layer} activation={column.activation!} units={column.units.length} />}
          </div>
        );
      })}
    </div>
  );
}

/** What goes wrong in a layer as a whole. */
const LayerSigns = ({ signs }: { signs: readonly UnitSign[] }) => (
  <>{signs.map(({ sign }) => <span class="layer-sign" key={sign} role="img" aria-label={signText(sign)} title={signText(sign)}>{shapeOfSign(sign)}</span>)}</>
);

/** Pixels: no wider than its longest word needs. */
const WIDEST = 104;

function HiddenHead({ index, layer, activation, units }: { index: number; layer: number; activation: Activation; units: number }) {
  const { hide } = state.value.view;
  return (
    <>
      {!hide.includes("activation") && (
        <select aria-label={t("net.activation_of", { layer })} value={activation} onChange={(event) => changeLayer(layer - 1, { activation: event.currentTarget.value as Activation }, index)}>
          {ACTIVATIONS.map((one) => <option key={one} value={one} selected={one === activation}>{activationName(one)}</option>)}
        </select>
      )}
      {!hide.includes("units") && (
        <Stepper
          value={units} least={1} most={MOST_UNITS} easy={8} label={t("net.units_of", { layer })} fewer={t("net.fewer_units", { layer })} more={t("net.more_units", { layer })}
          onChange={(count) => changeLayer(layer - 1, { units: count }, index)}
        />
      )}
    </>
  );
}

import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import type { NetworkHeader } from "../../../../play/protocol";
import { frame } from "../../../../play/session";
import { state } from "../../../../play/store";
import type { Stage, Stages } from "../../../../play/why/answers";

const MOST = 8;
const minus = (text: string): string => (text.startsWith("−") ? `(${text})` : text);

/** How each weighted sum comes about, with the numbers of the frame: means of a batch add up as well. */
export function WeightedSums({ stage, all, layers }: { stage: Stage & { stage: "forward" }; all: Stages; layers: NetworkHeader["layers"]; inputs: readonly string[] }) {
  const arrays = frame.value?.networks[state.value.view.network]?.arrays;
  const [W, b] = [arrays?.get(`param:${stage.path}/W`), arrays?.get(`param:${stage.path}/b`)];
  const at = all.stages.indexOf(stage);
  const before = all.stages[at - 1];
  if (!W || !b || W.shape.length !== 2 || !before || !("outputs" in before) || before.outputs.length > MOST) return null;
  const units = W.shape[1]!;
  const activation = layers.find(({ path }) => path === stage.path)?.activation ?? "identity";
  return (
    <details class="why-sums" open>
      <summary>{t("why.sums")}</summary>
      <ul>
        {stage.pre_activations.slice(0, 64).map((sum, unit) => (
          <li key={unit}>
            <span class="formula">
              {t("net.unit_short", { unit: unit + 1 })}: {before.outputs.map((value, row) => `${row ? " + " : ""}${minus(formatNumber(W.values[row * units + unit]))} · ${minus(formatNumber(value))}`).join("")}
              {" + "}{minus(formatNumber(b.values[unit]))} = <b>{formatNumber(sum)}</b>
              {all.examples === 1 && activation !== "identity" && <>; {activation}({formatNumber(sum)}) = <b>{formatNumber(stage.outputs[unit])}</b></>}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

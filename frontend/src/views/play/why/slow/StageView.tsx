import { formatNumber } from "../../../../analysis/numbers";
import { isKey, t } from "../../../../i18n";
import type { NetworkHeader } from "../../../../play/protocol";
import type { Stage, Stages } from "../../../../play/why/answers";
import { pretty } from "../../../../play/why/names";
import { UpdateTable } from "./UpdateTable";
import { WeightedSums } from "./WeightedSums";

type Layers = NetworkHeader["layers"];
type Numbers = readonly (number | null)[];

export const layerTitle = (path: string, layers: Layers): string => {
  const at = layers.findIndex((layer) => layer.path === path);
  return at === layers.length - 1 ? t("net.output") : t("net.hidden_short", { layer: at + 1 });
};

export function stageName(stage: Stage, layers: Layers): string {
  if (stage.stage === "forward") return t("why.stage.forward", { layer: layerTitle(stage.path, layers) });
  if (stage.stage === "backward") return t("why.stage.backward", { layer: layerTitle(stage.path, layers) });
  return t(`why.stage.${stage.stage}`);
}

/** The numbers of one stage, and a sentence on what happens in it. */
export function StageView({ stage, all, layers, inputs }: { stage: Stage; all: Stages; layers: Layers; inputs: readonly string[] }) {
  const mean = all.examples > 1 ? t("why.stage.mean", { count: all.examples }) : "";
  const units = (count: number) => Array.from({ length: count }, (_, unit) => t("net.unit_short", { unit: unit + 1 }));
  return (
    <>
      <h3>{stageName(stage, layers)}</h3>
      <p>{t(`why.stage.${stage.stage}.what`)} {stage.stage !== "update" && mean}</p>
      {stage.stage === "inputs" && <NumberTable rows={inputs.map(pretty)} columns={[[t("why.value"), stage.outputs]]} />}
      {stage.stage === "forward" && (
        <>
          <NumberTable rows={units(stage.outputs.length)} columns={[[t("why.sum"), stage.pre_activations], [activationTitle(stage.activation), stage.outputs]]} />
          <WeightedSums stage={stage} all={all} layers={layers} inputs={inputs} />
        </>
      )}
      {stage.stage === "loss" && (
        <>
          <NumberTable
            rows={stage.outputs.map((_, at) => (stage.outputs.length > 1 ? t("net.output_class", { unit: at }) : t("net.output")))}
            columns={[[t("net.output"), stage.outputs], [t("why.prediction"), stage.predictions], [t("why.truth"), stage.targets]]}
          />
          <p class="why-gradient">E = <b>{formatNumber(stage.loss)}</b></p>
        </>
      )}
      {stage.stage === "backward" && <Backward stage={stage} layers={layers} count={units} inputs={inputs} />}
      {stage.stage === "update" && <UpdateTable stage={stage} all={all} layers={layers} inputs={inputs} />}
    </>
  );
}

export function activationTitle(name: string): string {
  const key = `play.activation.${name}`;
  return isKey(key) ? t("why.after", { activation: t(key) }) : t("why.value");
}

function Backward({ stage, layers, count, inputs }: { stage: Stage & { stage: "backward" }; layers: Layers; count: (units: number) => string[]; inputs: readonly string[] }) {
  const at = layers.findIndex(({ path }) => path === stage.path);
  const W = stage.gradients[`${stage.path}/W`];
  const before = at ? count(layers[at - 1]!.units) : inputs.map(pretty);
  const rows = Array.isArray(W) && W.every((row) => Array.isArray(row) && row.every((value) => !Array.isArray(value))) ? (W as (number | null)[][]) : [];
  return (
    <>
      <NumberTable rows={count(stage.deltas.length)} columns={[["∂E/∂a", stage.by_outputs], ["∂E/∂z", stage.deltas]]} />
      {rows.length > 0 && (
        <>
          <h4>{t("why.gradients")}</h4>
          <NumberTable
            rows={[...before, t("net.bias")]}
            columns={stage.deltas.map((_, unit) => [t("net.unit_short", { unit: unit + 1 }), [...rows.map((row) => row[unit] ?? null), (stage.gradients[`${stage.path}/b`] as (number | null)[] | undefined)?.[unit] ?? null]] as const)}
          />
        </>
      )}
    </>
  );
}

export function NumberTable({ rows, columns }: { rows: readonly string[]; columns: readonly (readonly [string, Numbers])[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={columns.map(([name]) => name).join(", ")}>
      <table class="why-table">
        <thead><tr><td /> {columns.map(([name]) => <th key={name} scope="col" class="number">{name}</th>)}</tr></thead>
        <tbody>
          {rows.map((name, row) => (
            <tr key={name}><th scope="row">{name}</th>{columns.map(([column, values]) => <td key={column} class="number">{formatNumber(values[row])}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { useState } from "preact/hooks";
import { explainAddress, isExported, readOutputs, readWeights } from "../../api";
import type { GraphNode, RunDetail } from "../../api/types";
import { formatNumber } from "../../analysis/numbers";
import { ArrayPicture } from "../../components/ArrayPicture";
import { Loading } from "../../components/basic";
import { shapeText } from "../../components/NetworkMap";
import { useAnswer, useCalm } from "../../components/useAnswer";
import { t } from "../../i18n";
import { option, setOptions } from "../../state/location";

/** One layer: its weights as pictures, what it makes of an example, and where any weight's gradient comes from. */
export function LayerPanel({ run, node }: { run: RunDetail; node: GraphNode }) {
  const arrays = Object.entries(node.arrays ?? {});
  return (
    <>
      <h2>{node.kind} <small>{node.path}</small></h2>
      <dl class="facts">
        <div><dt>{t("map.output")}</dt><dd>{shapeText(node.output)}</dd></div>
        <div><dt>{t("layer.parameters")}</dt><dd>{formatNumber(node.parameters)}</dd></div>
        {node.label && node.label !== node.kind && <div><dt>{t("layer.settings")}</dt><dd>{node.label}</dd></div>}
      </dl>
      <div class="arrays">
        {arrays.map(([name, shape]) => <Weights key={name} run={run} path={node.path ? `${node.path}/${name}` : name} shape={shape} />)}
        {!isExported() && <Outputs run={run} node={node} />}
      </div>
    </>
  );
}

function Weights({ run, path, shape }: { run: RunDetail; path: string; shape: number[] }) {
  const { value, error } = useAnswer(() => readWeights(run.id, path), [run.id, path, run.status, useCalm(run.epochs, 2_000)]);
  return (
    <div class="weights">
      {error && <p class="fault">{error}</p>}
      {!value && !error && <Loading />}
      {value && <ArrayPicture title={path} array={value} />}
      {!isExported() && <Explain id={run.id} path={path} shape={shape} />}
    </div>
  );
}

/** A link to the derivation of one weight's gradient, with the numbers of this run. */
function Explain({ id, path, shape }: { id: string; path: string; shape: number[] }) {
  const [index, setIndex] = useState<number[]>(shape.map(() => 0));
  const target = shape.length ? `${path}[${index.join(",")}]` : path;
  return (
    <form class="explain" onSubmit={(event) => event.preventDefault()}>
      <span class="index" role="group" aria-label={t("explain.index")}>
        {shape.map((length, axis) => (
          <input
            key={axis}
            type="number"
            min={0}
            max={length - 1}
            value={index[axis]}
            aria-label={t("explain.axis", { axis: axis + 1, last: length - 1 })}
            onInput={(event) => {
              const wanted = Math.min(Math.max(Math.trunc(event.currentTarget.valueAsNumber) || 0, 0), length - 1);
              setIndex(index.map((old, at) => (at === axis ? wanted : old)));
            }}
          />
        ))}
      </span>
      <a href={explainAddress(id, target)} target="_blank" rel="noopener">{t("explain.link", { target })}</a>
    </form>
  );
}

function Outputs({ run, node }: { run: RunDetail; node: GraphNode }) {
  const row = Math.max(0, Math.trunc(Number(option("row", "0"))) || 0);
  const part = option("part", "validation");
  const { value, error } = useAnswer(() => readOutputs(run.id, node.path, row, part), [run.id, node.path, row, part, run.status, useCalm(run.epochs, 5_000)]);
  return (
    <div class="weights">
      <label class="field">
        <span>{t("layer.outputs")}</span>
        <input type="number" min={0} value={row} onChange={(event) => setOptions({ row: event.currentTarget.value }, "replace")} />
      </label>
      {error && <p class="note">{error}</p>}
      {!value && !error && <Loading />}
      {value && <ArrayPicture title={t("layer.outputs.of", { row })} array={value} />}
    </div>
  );
}

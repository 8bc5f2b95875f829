import { useCallback, useMemo } from "preact/hooks";
import type { Graph, RunDetail } from "../../api/types";
import { Choice, Empty } from "../../components/basic";
import { NetworkMap } from "../../components/NetworkMap";
import { t } from "../../i18n";
import { statisticName } from "../../i18n/names";
import { option, setOptions } from "../../state/location";
import { table } from "../../state/watch";
import { LayerPanel } from "./LayerPanel";
import { lastValue, layerSeries, statisticsOf, type LayerSeries } from "./statistics";

/** How far outputs spread, or what most layers have. */
function usualStatistic(statistics: readonly string[], columns: readonly LayerSeries[]): string {
  const count = (name: string) => (name === "out_std" ? Infinity : columns.filter((one) => one.statistic === name).length);
  return statistics.reduce((best, name) => (count(name) > count(best) ? name : best), statistics[0] ?? "");
}

export function NetworkTab({ run }: { run: RunDetail }) {
  if (!run.network?.nodes.length) return <Empty title={t("network.empty")} />;
  return <Network run={run} graph={run.network} />;
}

function Network({ run, graph }: { run: RunDetail; graph: Graph }) {
  const [layers, examinations] = [table("layers"), table("examinations")];
  const columns = useMemo(() => layerSeries(layers, examinations), [layers, examinations]);
  const statistics = statisticsOf(columns);
  const statistic = statistics.find((name) => name === option("statistic")) ?? usualStatistic(statistics, columns);
  const value = useCallback((path: string) => lastValue(columns, path, statistic), [columns, statistic]);
  const node = graph.nodes.find((one) => one.path === option("layer")) ?? graph.nodes.find((one) => Object.keys(one.arrays ?? {}).length) ?? graph.nodes[0]!;
  return (
    <div class="network">
      <section>
        {statistics.length > 0 && (
          <div class="controls">
            <Choice
              label={t("network.colour")}
              value={statistic}
              options={statistics.map((name) => [name, statisticName(name)] as const)}
              onChange={(chosen) => setOptions({ statistic: chosen })}
            />
          </div>
        )}
        <p class="note">{t("network.click")}</p>
        <NetworkMap graph={graph} value={value} chosen={node.path} onChoose={(layer) => setOptions({ layer })} />
      </section>
      <section class="layer" aria-live="polite">
        <LayerPanel run={run} node={node} key={node.path} />
      </section>
    </div>
  );
}

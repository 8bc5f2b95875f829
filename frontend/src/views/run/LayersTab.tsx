import { useMemo } from "preact/hooks";
import { readHistograms } from "../../api";
import type { RunDetail } from "../../api/types";
import { Check, Choice, Empty } from "../../components/basic";
import { Chart } from "../../components/Chart";
import { Heat } from "../../components/Heat";
import type { Line } from "../../components/lines";
import { useAnswer, useCalm } from "../../components/useAnswer";
import { t } from "../../i18n";
import { capitalised, statisticName } from "../../i18n/names";
import { option, setOptions } from "../../state/location";
import { table } from "../../state/watch";
import { histogramKinds, layerSeries, statisticsOf, type LayerSeries } from "./statistics";

export function LayersTab({ run }: { run: RunDetail }) {
  const [layers, examinations] = [table("layers"), table("examinations")];
  const columns = useMemo(() => layerSeries(layers, examinations), [layers, examinations]);
  const statistics = statisticsOf(columns);
  const hasHistograms = (run.histograms ?? []).length > 0;
  if (!statistics.length && !hasHistograms) return <Empty title={t("layers.empty")} />;
  return (
    <>
      {statistics.length > 0 && <Statistics columns={columns} statistics={statistics} />}
      {hasHistograms && <HistogramGrid run={run} />}
    </>
  );
}

function Statistics({ columns, statistics }: { columns: LayerSeries[]; statistics: string[] }) {
  const preferred = ["gradient_rms", "gradient_norm", "update_ratio"].find((name) => statistics.includes(name));
  const chosen = statistics.find((name) => name === option("statistic")) ?? preferred ?? statistics[0]!;
  const lines = useMemo((): Line[] => {
    return columns
      .filter((one) => one.statistic === chosen)
      .map(({ column, path, x, y }, index) => ({ key: column, label: path || t("network"), x, y, style: index }));
  }, [columns, chosen]);
  const log = option("log") === "" ? isFarApart(lines) : option("log") === "1";
  return (
    <section>
      <h2>{t("layers.statistics")}</h2>
      <div class="controls">
        <Choice
          label={t("layers.statistic")}
          value={chosen}
          options={statistics.map((name) => [name, statisticName(name)] as const)}
          onChange={(statistic) => setOptions({ statistic })}
        />
        <Check label={t("curves.log")} checked={log} onChange={(on) => setOptions({ log: on ? "1" : "0" })} />
      </div>
      <Chart title={`${capitalised(statisticName(chosen))} · ${t("layers.each")}`} xLabel={t("axis.step")} lines={lines} log={log} height={340} />
    </section>
  );
}

/** Numbers that differ by orders of magnitude, between layers or over time, are seen only on a logarithmic scale. */
function isFarApart(lines: readonly Line[]): boolean {
  let [least, greatest] = [Infinity, 0];
  for (const { y } of lines) {
    for (let index = 0; index < y.length; index++) {
      if (y[index]! < least) least = y[index]!;
      if (y[index]! > greatest) greatest = y[index]!;
    }
  }
  return least > 0 && greatest / least > 50;
}

function HistogramGrid({ run }: { run: RunDetail }) {
  const kinds = histogramKinds(run.histograms ?? []);
  const names = [...kinds.keys()];
  const chosen = names.find((name) => name === option("of")) ?? names[0]!;
  return (
    <section>
      <h2>{t("layers.histograms")}</h2>
      <p class="note">{t("layers.histograms.how")}</p>
      <div class="controls">
        <Choice
          label={t("layers.of")}
          value={chosen}
          options={names.map((name) => [name, statisticName(name)] as const)}
          onChange={(of) => setOptions({ of })}
        />
      </div>
      <div class="heats">
        {(kinds.get(chosen) ?? []).map(({ name, path }) => <OneHistogram key={name} id={run.id} name={name} title={path} epoch={run.epochs ?? 0} />)}
      </div>
    </section>
  );
}

function OneHistogram({ id, name, title, epoch }: { id: string; name: string; title: string; epoch: number }) {
  const { value, error } = useAnswer(() => readHistograms(id, name), [id, name, useCalm(epoch, 2_000)]);
  if (error) return <p class="fault">{error}</p>;
  return value?.steps.length ? <Heat title={title} histograms={value} /> : null;
}

import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Check } from "../../../components/basic";
import { Chart } from "../../../components/Chart";
import type { Line } from "../../../components/lines";
import { useCalm } from "../../../components/useAnswer";
import { t } from "../../../i18n";
import type { LossHistory } from "../../../play/history";
import { networkLetter } from "../../../play/names";
import { data, histories } from "../../../play/session";

/** Milliseconds between two drawings: the chart says nothing that needs more of them. */
const PACE = 150;

/** Losses over the epochs: training solid, test dashed; a colour for each network where there are several; no test line without test points. */
export function LossChart() {
  const log = useSignal(false);
  const now = useCalm(histories.value, PACE);
  const hasTest = data.value?.part.includes(1) ?? true;
  const lines = useMemo(() => now.flatMap((one, index) => linesOf(one, index, now.length).slice(0, hasTest ? 2 : 1)), [now, hasTest]);
  return (
    <div class="loss-chart">
      <Chart title={t("play.chart.loss")} xLabel={t("axis.epoch")} lines={lines} log={log.value} height={130} />
      <Check label={t("play.chart.log")} checked={log.value} onChange={(on) => (log.value = on)} />
    </div>
  );
}

function linesOf(history: LossHistory, index: number, count: number): Line[] {
  const x = history.column("epoch");
  const name = (part: string) => (count === 1 ? part : t("play.chart.of", { name: networkLetter(index), part }));
  return [
    { key: `${index} train`, label: name(t("play.chart.train")), x, y: history.column("train_loss"), style: index, dash: [] },
    { key: `${index} test`, label: name(t("play.chart.test")), x, y: history.column("test_loss"), style: count === 1 ? 1 : index, dash: [6, 4] },
  ];
}

import { useMemo } from "preact/hooks";
import { formatNumber } from "../../../analysis/numbers";
import { Chart } from "../../../components/Chart";
import type { Line } from "../../../components/lines";
import { useCalm } from "../../../components/useAnswer";
import { t } from "../../../i18n";
import type { FamilyFrame } from "../../../play/families/frames";
import { losses } from "../../../play/families/session";

/** How good the network is, and the losses on its way. */
export function FamilyScores({ frame: { loss, accuracy } }: { frame: FamilyFrame }) {
  return (
    <section class="family-scores" aria-label={t("family.scores")}>
      <dl class="scores" title={t("family.scores.when")}>
        <Score name={t("family.loss.train")} value={formatNumber(loss.train)} />
        <Score name={t("family.loss")} value={formatNumber(loss.test)} />
        {accuracy && <Score name={t("family.accuracy.train")} value={percent(accuracy.train)} />}
        {accuracy && <Score name={t("family.accuracy")} value={percent(accuracy.test)} />}
      </dl>
      <LossCurve />
    </section>
  );
}

const Score = ({ name, value }: { name: string; value: string }) => <div><dt>{name}</dt><dd>{value}</dd></div>;

const percent = (share: number | null): string => (share === null ? "–" : `${(100 * share).toFixed(1)} %`);

/** Milliseconds between two drawings of the chart. */
const PACE = 200;

function LossCurve() {
  const { history } = useCalm(losses.value, PACE);
  const rows = history.rows;
  const lines = useMemo<Line[]>(() => {
    const x = history.column("step");
    return [
      { key: "train", label: t("family.chart.train"), x, y: history.column("train_loss"), style: 0, dash: [] },
      { key: "test", label: t("family.chart.test"), x, y: history.column("test_loss"), style: 1, dash: [6, 4] },
    ];
  }, [history, rows]);
  return <div class="loss-chart"><Chart title={t("family.chart")} xLabel={t("family.chart.step")} lines={lines} height={130} /></div>;
}

import { useEffect, useMemo, useState } from "preact/hooks";
import { readTable } from "../../api";
import type { RunSummary } from "../../api/types";
import { lowerBound } from "../../analysis/grouping";
import { Check, Choice, Empty } from "../../components/basic";
import { Chart } from "../../components/Chart";
import { t } from "../../i18n";
import { fullName } from "../../i18n/names";
import { option, setOptions } from "../../state/location";
import { MOST_CHOSEN } from "../../state/selection";
import { tableOf, type TableData } from "../../state/tables";
import { axisName } from "../run/CurvesTab";
import { curveOf, groupLines, runLines } from "./overlayLines";

interface Props {
  runs: readonly RunSummary[];
  metric: string;
  group: string;
}

/** One metric of many runs over one another; of groups, the mean with its interval. */
export function Overlay({ runs, metric, group }: Props) {
  const shown = runs.slice(0, MOST_CHOSEN);
  const own = [...new Set(shown.flatMap((run) => Object.keys(run.last ?? {})))];
  const column = own.includes(metric) ? metric : (own.find((name) => name === option("curve")) ?? "validation/loss");
  const tables = useTables(shown);
  const axis = option("x") === "seconds" ? "seconds" : "epoch";
  const strength = Math.min(Number(option("smooth", "0")) || 0, 0.99);
  const log = option("log") === "1";
  const each = option("each") === "1";
  const lines = useMemo(() => {
    const curves = shown.flatMap((run) => curveOf(run, tables.get(run.id), column, axis, strength));
    return group ? groupLines(curves, group, each, lowerBound(column, shown)) : runLines(curves);
  }, [tables, column, axis, strength, group, each, shown.length]);
  if (!shown.length) return <Empty title={t("runs.none.found")} />;
  return (
    <>
      <div class="controls">
        <Choice label={t("curves.x")} value={axis} options={[["epoch", axisName("epoch")], ["seconds", axisName("seconds")]]} onChange={(x) => setOptions({ x })} />
        <label class="field">
          <span>{t("curves.smoothing")}</span>
          <input type="range" min="0" max="0.99" step="0.01" value={strength} onChange={(event) => setOptions({ smooth: event.currentTarget.value }, "replace")} />
        </label>
        <Check label={t("curves.log")} checked={log} onChange={(on) => setOptions({ log: on ? "1" : null })} />
        {group && <Check label={t("overlay.each")} checked={each} onChange={(on) => setOptions({ each: on ? "1" : null })} />}
      </div>
      {group && <p class="note">{t("overlay.mean")}</p>}
      {lines.length ? <Chart title={fullName(column)} xLabel={axisName(axis)} lines={lines} log={log} height={420} /> : <Empty title={t("curves.empty")} />}
    </>
  );
}

/** The tables of epochs of the runs, each read once for each epoch it has. */
function useTables(runs: readonly RunSummary[]): ReadonlyMap<string, TableData> {
  const [tables, setTables] = useState<ReadonlyMap<string, TableData>>(new Map());
  const wanted = runs.map((run) => `${run.id}@${run.epochs ?? 0}`).join("\n");
  useEffect(() => {
    let gone = false;
    const points = runs.length > 10 ? 500 : 2000;
    void Promise.all(
      runs.map(async (run) => {
        try {
          return [[run.id, tableOf(await readTable(run.id, "epochs", { points }))] as const];
        } catch {
          return []; // A run that cannot be read has no curve; its row in the table says why.
        }
      }),
    ).then((found) => {
      if (!gone) setTables(new Map(found.flat()));
    });
    return () => {
      gone = true;
    };
  }, [wanted]);
  return tables;
}

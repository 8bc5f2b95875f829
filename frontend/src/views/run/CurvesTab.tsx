import { useMemo, useState } from "preact/hooks";
import { readTable } from "../../api";
import type { RunDetail } from "../../api/types";
import { formatNumber, isBytes, unitOfBytes } from "../../analysis/numbers";
import { Check, Choice, Empty } from "../../components/basic";
import { Chart } from "../../components/Chart";
import type { Line, Mark, Range } from "../../components/lines";
import { useAnswer } from "../../components/useAnswer";
import { t } from "../../i18n";
import { capitalised, fullName, metricName, partName } from "../../i18n/names";
import { option, setOptions } from "../../state/location";
import { rowsOf, tableOf, type TableData } from "../../state/tables";
import { table } from "../../state/watch";
import { axes, curveLines, usualSmoothing, marksOf, metricNames, roughness, type Axis, type CurveOptions } from "./curveLines";
import { shortLabel } from "./events";
import { formatRange, parseRange } from "./range";

const SCALES: readonly Axis[] = ["step", "epoch", "seconds"];

export function CurvesTab({ run }: { run: RunDetail }) {
  const epochs = table("epochs");
  const options: CurveOptions = {
    axis: option("x", rowsOf(table("steps")) ? "step" : "epoch"),
    smoothing: Math.min(Math.max(Number(option("smooth") || usualSmoothing(rowsOf(table("steps")))) || 0, 0), 0.99),
    batches: option("batches", "1") === "1",
    epochs: option("epochs", "1") === "1",
  };
  const zoom = parseRange(option("zoom"));
  const steps = useFiner(run.id, table("steps"), options.axis === "step" ? zoom : null);
  const log = option("log") === "1";
  const place = useMemo(() => axes(epochs, steps, options.axis), [epochs, steps, options.axis]);
  const marks = useMemo(() => marksOf(run.events ?? [], place, shortLabel), [run.events, place]);
  const metrics = metricNames(epochs, steps);
  if (!rowsOf(epochs) && !rowsOf(steps)) return <Empty title={t("curves.empty")} />;
  const setZoom = (range: Range | null) => setOptions({ zoom: range && formatRange(range) });
  return (
    <>
      <CurveControls options={options} log={log} metrics={[...epochs.columns.keys()]} />
      <Roughness id={run.id} epochs={epochs} steps={table("steps")} />
      <div class="charts">
        {metrics.map((metric, index) => (
          <MetricChart
            key={metric}
            metric={metric}
            {...{ epochs, steps, place, options, zoom, setZoom }}
            marks={index < 2 || metric === "learning_rate" ? marks : NO_MARKS}
            log={log && metric !== "processor"}
          />
        ))}
      </div>
    </>
  );
}

const NO_MARKS: readonly Mark[] = [];

interface MetricProps {
  metric: string;
  epochs: TableData;
  steps: TableData;
  place: ReturnType<typeof axes>;
  options: CurveOptions;
  marks: readonly Mark[];
  log: boolean;
  zoom: Range | null;
  setZoom: (range: Range | null) => void;
}

function MetricChart({ metric, epochs, steps, place, options, marks, log, zoom, setZoom }: MetricProps) {
  const lines = useMemo(
    () =>
      curveLines(metric, epochs, steps, place, options, {
        batches: t("curves.batches"),
        batchesSmooth: t("curves.batches.smooth"),
        epoch: (part) => (part ? t("curves.epochs.of", { part: partName(part) }) : t("curves.each.epoch")),
      }),
    [metric, epochs, steps, place, options.axis, options.smoothing, options.batches, options.epochs, t("curves.batches")],
  );
  const shown = useMemo(() => (isBytes(metric) ? inBytes(lines) : { lines, unit: "" }), [metric, lines]);
  if (!lines.length) return null;
  const title = capitalised(metricName(metric)) + (shown.unit && ` (${shown.unit})`);
  return <Chart xLabel={axisName(options.axis)} {...{ title, ...shown, marks, log, zoom }} onZoom={setZoom} />;
}

/** Lines of bytes in the unit that suits the greatest of them. */
function inBytes(lines: Line[]): { lines: Line[]; unit: string } {
  const greatest = lines.reduce((most, line) => Array.from(line.y).reduce((one, bytes) => (bytes > one ? bytes : one), most), 0);
  const { unit, size } = unitOfBytes(greatest);
  return { lines: lines.map((line) => ({ ...line, y: Array.from(line.y, (bytes) => bytes / size) })), unit };
}

/** While zoomed in, the rows between are read again, in full. */
function useFiner(id: string, steps: TableData, zoom: Range | null): TableData {
  const wanted = zoom && steps.decimated ? formatRange(zoom) : null;
  const finer = useAnswer(
    async () => (wanted && zoom ? tableOf(await readTable(id, "steps", { from: Math.floor(zoom.from), to: Math.ceil(zoom.to), points: 4000 })) : null),
    [id, wanted],
  );
  return (wanted && finer.value && rowsOf(finer.value) > 1 ? finer.value : null) ?? steps;
}

function CurveControls({ options, log, metrics }: { options: CurveOptions; log: boolean; metrics: string[] }) {
  const others = metrics.filter((name) => !["epoch", "step", "seconds"].includes(name));
  const [dragged, setDragged] = useState<number | null>(null);
  const smoothing = dragged ?? options.smoothing;
  return (
    <div class="controls">
      <Choice
        label={t("curves.x")}
        value={options.axis}
        options={[...SCALES, ...others].map((name) => [name, axisName(name)] as const)}
        onChange={(x) => setOptions({ x, zoom: null })}
      />
      <label class="field">
        <span>{t("curves.smoothing")} <b>{formatNumber(smoothing)}</b></span>
        <input
          type="range"
          min="0"
          max="0.99"
          step="0.01"
          value={smoothing}
          onInput={(event) => setDragged(Number(event.currentTarget.value))}
          onChange={(event) => {
            setDragged(null);
            setOptions({ smooth: event.currentTarget.value }, "replace");
          }}
        />
      </label>
      <Check label={t("curves.log")} checked={log} onChange={(on) => setOptions({ log: on ? "1" : null })} />
      <Check label={t("curves.batches")} checked={options.batches} onChange={(on) => setOptions({ batches: on ? null : "0" })} />
      <Check label={t("curves.epochs")} checked={options.epochs} onChange={(on) => setOptions({ epochs: on ? null : "0" })} />
    </div>
  );
}

const FEW = 1000;

/** Rows that were thinned to their peaks jump more than the run did: of a long run, some rows are read in full. */
function Roughness({ id, epochs, steps }: { id: string; epochs: TableData; steps: TableData }) {
  const last = steps.columns.get("step")?.at(-1) ?? 0;
  const full = useAnswer(
    async () => (steps.decimated ? tableOf(await readTable(id, "steps", { columns: "loss", from: last - FEW, to: last, points: 2 * FEW })) : null),
    [id, steps.decimated],
  );
  const read = steps.decimated ? full.value : steps;
  const rough = useMemo(() => read && roughness(epochs, read), [epochs, read]);
  if (!rough || !(rough.batches > rough.epochs)) return null;
  return <p class="note">{t("curves.rough", { batches: formatNumber(rough.batches), epochs: formatNumber(rough.epochs) })}</p>;
}

export function axisName(axis: Axis): string {
  if (axis === "step") return t("axis.step");
  if (axis === "epoch") return t("axis.epoch");
  if (axis === "seconds") return t("axis.seconds");
  return fullName(axis);
}

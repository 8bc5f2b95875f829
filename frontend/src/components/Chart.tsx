import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatNumber } from "../analysis/numbers";
import { peaks } from "../analysis/decimate";
import { t } from "../i18n";
import { colours } from "../state/preferences";
import { Legend } from "./Legend";
import { mainKey, type Line, type Mark, type Range } from "./lines";
import { loadPlot } from "./load";
import type { Plot } from "./plot";

interface Props {
  title: string;
  xLabel: string;
  lines: readonly Line[];
  marks?: readonly Mark[];
  log?: boolean;
  height?: number;
  zoom?: Range | null;
  onZoom?: (range: Range | null) => void;
  legend?: boolean;
  /** The unit of the values in the legend. */
  unit?: string;
}

/** A chart with its legend of values, keys to read and zoom it, and its numbers as a table behind. */
export function Chart({ title, xLabel, lines, marks = [], log = false, height = 300, zoom, onZoom, legend = true, unit = "" }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const [own, setOwn] = useState<Range | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const cursor = useSignal<Cursor>(null);
  const seen = zoom === undefined ? own : zoom;
  const setZoom = (range: Range | null) => (onZoom ? onZoom(range) : setOwn(range));
  const latest = useRef({ lines, marks, seen, setZoom });
  latest.current = { lines, marks, seen, setZoom };
  const shape = `${lines.map((line) => `${line.key}:${line.style}:${line.points ?? false}`).join()} ${log} ${colours.value}`;

  useEffect(() => {
    const element = host.current!;
    let gone = false;
    void loadPlot().then((Plotter) => {
      if (gone) return;
      plot.current = new Plotter(element, {
        lines: latest.current.lines,
        marks: latest.current.marks,
        zoom: latest.current.seen,
        log,
        width: element.clientWidth,
        height,
        onCursor: (x, values) => (cursor.value = x === null ? null : { x, values }),
        onZoom: (range) => latest.current.setZoom(range),
      });
      for (const line of latest.current.lines) if (hidden.has(mainKey(line.key))) plot.current.show(line.key, false);
    });
    const observer = new ResizeObserver(() => plot.current?.resize(element.clientWidth, height));
    observer.observe(element);
    return () => {
      gone = true;
      observer.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shape, height]);

  const inSight = useInSight(host);
  useEffect(() => {
    if (inSight) plot.current?.update(lines, marks, seen);
  }, [lines, marks, seen, inSight]);
  useEffect(() => {
    for (const line of latest.current.lines) plot.current?.show(line.key, !hidden.has(mainKey(line.key)));
  }, [hidden, shape]);

  const entries = lines.filter((line) => !line.behind && !line.edge);
  return (
    <figure class="chart">
      <figcaption>
        <span>{title}</span>
        {seen && (
          <button type="button" class="small" onClick={() => setZoom(null)}>
            {t("chart.reset")}
          </button>
        )}
      </figcaption>
      <div
        class="plot"
        ref={host}
        tabIndex={0}
        role="group"
        aria-label={`${title}. ${t("chart.keys")}`}
        onKeyDown={(event) => onKey(event, plot.current, setZoom)}
        onDblClick={() => setZoom(null)}
      />
      <AxisName name={xLabel} cursor={cursor} />
      {legend && (
        <Legend
          unit={unit}
          lines={entries}
          cursor={cursor}
          hidden={hidden}
          toggle={(key) => setHidden(toggled(hidden, key))}
        />
      )}
      <Numbers title={title} xLabel={xLabel} lines={entries} />
    </figure>
  );
}

/** What is out of sight is not drawn again with each new number. */
function useInSight(host: { readonly current: HTMLElement | null }): boolean {
  const [inSight, setInSight] = useState(true);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => setInSight(entries.at(-1)!.isIntersecting), { rootMargin: "100px" });
    observer.observe(host.current!);
    return () => observer.disconnect();
  }, []);
  return inSight;
}

/** Where the cursor is, a signal: as it moves, the legend alone is drawn again. */
export type Cursor = { x: number; values: ReadonlyMap<string, number> } | null;

const AxisName = ({ name, cursor }: { name: string; cursor: ReadonlySignal<Cursor> }) => (
  <p class="axis-name">{name}{cursor.value && <b> {formatNumber(cursor.value.x)}</b>}</p>
);

function onKey(event: KeyboardEvent, plot: Plot | null, setZoom: (range: Range | null) => void): void {
  if (!plot || event.ctrlKey || event.metaKey || event.altKey) return;
  const { from, to } = plot.range();
  const quarter = (to - from) / 4;
  const actions: Record<string, () => void> = {
    ArrowLeft: () => plot.move(event.shiftKey ? -10 : -1),
    ArrowRight: () => plot.move(event.shiftKey ? 10 : 1),
    "+": () => setZoom({ from: from + quarter, to: to - quarter }),
    "-": () => setZoom(null),
    "0": () => setZoom(null),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

const toggled = (set: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
};

const MOST_ROWS = 100;

/** The table behind a chart, for readers who do not see it: its peaks, not each of its points. */
function Numbers({ title, xLabel, lines }: { title: string; xLabel: string; lines: readonly Line[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="numbers" onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
      <summary>{t("chart.table")}</summary>
      {isOpen && lines.slice(0, 10).map((line) => <LineTable key={line.key} caption={`${title}: ${line.label}`} xLabel={xLabel} line={line} />)}
    </details>
  );
}

function LineTable({ caption, xLabel, line }: { caption: string; xLabel: string; line: Line }) {
  const rows = useMemo(() => peaks(line.y, MOST_ROWS), [line.y]);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr><th scope="col">{xLabel}</th><th scope="col">{line.label}</th></tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}><td>{formatNumber(line.x[row])}</td><td>{formatNumber(line.y[row])}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

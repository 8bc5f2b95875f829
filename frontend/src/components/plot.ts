import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatTick, formatTicks } from "../analysis/numbers";
import { colourOf, css, rgbOf, styleOf } from "./colours";
import type { Line, Mark, Range } from "./lines";

export interface PlotOptions {
  lines: readonly Line[];
  marks: readonly Mark[];
  log: boolean;
  zoom: Range | null;
  width: number;
  height: number;
  onCursor(x: number | null, values: ReadonlyMap<string, number>): void;
  onZoom(range: Range): void;
}

/** Lines that have their x in common are joined once; all others by their x. */
export function joinLines(lines: readonly Line[], log: boolean): uPlot.AlignedData {
  if (!lines.length) return [[]];
  const tables = new Map<ArrayLike<number>, Line[]>();
  for (const line of lines) tables.set(line.x, [...(tables.get(line.x) ?? []), line]);
  const joined = [...tables].map(([x, members]) => [Array.from(x), ...members.map((line) => drawable(line.y, log))]);
  const order = [...tables.values()].flat();
  const data = joined.length === 1 ? joined[0]! : uPlot.join(joined as uPlot.AlignedData[]);
  return [data[0]!, ...lines.map((line) => data[1 + order.indexOf(line)]!)] as uPlot.AlignedData;
}

const drawable = (values: ArrayLike<number>, log: boolean): (number | null)[] =>
  Array.from(values, (value) => (Number.isFinite(value) && (!log || value > 0) ? value : null));

/** A chart on a canvas; everything around it (legend, table, keyboard) is the page's. */
export class Plot {
  private readonly chart: uPlot;
  private zoom: Range | null;
  private marks: readonly Mark[];

  constructor(
    host: HTMLElement,
    private readonly options: PlotOptions,
  ) {
    this.zoom = options.zoom;
    this.marks = options.marks;
    this.chart = new uPlot(this.chartOptions(), joinLines(options.lines, options.log), host);
  }

  update(lines: readonly Line[], marks: readonly Mark[], zoom: Range | null): void {
    this.zoom = zoom;
    this.marks = marks;
    this.chart.setData(joinLines(lines, this.options.log));
  }

  show(key: string, shown: boolean): void {
    this.options.lines.forEach((line, index) => {
      if (line.key === key && this.chart.series[index + 1]!.show !== shown) this.chart.setSeries(index + 1, { show: shown });
    });
  }

  resize(width: number, height: number): void {
    this.chart.setSize({ width, height });
  }

  /** Move the cursor by so many points: what the arrow keys do. */
  move(by: number): void {
    const xs = this.chart.data[0];
    const now = this.chart.cursor.idx ?? (by > 0 ? -1 : xs.length);
    const index = Math.min(Math.max(now + by, 0), xs.length - 1);
    this.chart.setCursor({ left: this.chart.valToPos(xs[index]!, "x"), top: this.chart.over.clientHeight / 2 });
  }

  /** The stretch of x that is seen. */
  range(): Range {
    const { min, max } = this.chart.scales["x"]!;
    return { from: min ?? 0, to: max ?? 1 };
  }

  destroy(): void {
    this.chart.destroy();
  }

  private chartOptions(): uPlot.Options {
    const { width, height, log, lines } = this.options;
    return {
      width,
      height,
      padding: [18, 26, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 7 }, y: false },
      scales: {
        x: { time: false, range: (chart, least, greatest) => this.xRange(chart.data[0], least, greatest) },
        y: { distr: log ? 3 : 1, ...(log ? {} : { range: padded }) },
      },
      axes: [{ ...this.axis(26, 60), ...(lines.every((line) => isWhole(line.x)) && { incrs: WHOLE }) }, this.axis(56, 34, log)],
      bands: lines.flatMap((line, index) => (line.edge === "high" ? [{ series: [index + 1, index + 2] as [number, number], fill: css(rgbOf(styleOf(line.style).name), 0.18) }] : [])),
      series: [{}, ...lines.map((line) => this.series(line))],
      hooks: {
        setCursor: [(chart) => this.tell(chart)],
        setSelect: [(chart) => this.select(chart)],
        drawAxes: [(chart) => this.drawMarks(chart)],
      },
    };
  }

  /** All places; a single one is in the middle of a narrow stretch, where uPlot's own would begin at 0. */
  private xRange(places: ArrayLike<number> | undefined, least: number, greatest: number): [number, number] {
    if (this.zoom) return [this.zoom.from, this.zoom.to];
    if (!Number.isFinite(least)) return [0, 1];
    if (places?.length !== 1) return least === greatest ? [least - 1, greatest + 1] : [least, greatest];
    const pad = Number.isInteger(places[0]) ? 1 : Math.abs(places[0]!) / 2;
    return [places[0]! - pad, places[0]! + pad];
  }

  private axis(size: number, space: number, log = false): uPlot.Axis {
    return {
      size,
      space,
      stroke: colourOf("--soft"),
      font: "12px system-ui, sans-serif",
      grid: { stroke: colourOf("--line"), width: 1 },
      ticks: { show: false },
      values: (_, splits) => (log ? splits.map((value: number | null) => (value === null ? "" : formatTick(value))) : formatTicks(splits)),
    };
  }

  private series(line: Line): uPlot.Series {
    const { name, dash } = { ...styleOf(line.style), ...(line.dash && { dash: [...line.dash] }) };
    const stroke = colourOf(name);
    if (line.edge) return { stroke: "transparent", width: 0, points: { show: false } };
    if (line.behind) return { stroke, alpha: 0.35, width: 1, points: { show: false }, spanGaps: false };
    const single = { show: true, size: 5, fill: stroke };
    if (line.points) return { stroke, paths: () => null, points: single };
    return { stroke, width: 2, dash, points: { ...single, show: (chart) => chart.data[0].length < 3 } };
  }

  private tell(chart: uPlot): void {
    const index = chart.cursor.idx;
    if (index === null || index === undefined || (chart.cursor.left ?? -1) < 0) {
      this.options.onCursor(null, new Map());
      return;
    }
    const values = this.options.lines.flatMap((line, at) => (line.behind || line.edge ? [] : [[line.key, nearest(chart.data[at + 1]!, index)] as const]));
    this.options.onCursor(chart.data[0][index] ?? null, new Map(values));
  }

  private select(chart: uPlot): void {
    const { left, width } = chart.select;
    if (width < 4) return;
    this.options.onZoom({ from: chart.posToVal(left, "x"), to: chart.posToVal(left + width, "x") });
    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  }

  private drawMarks(chart: uPlot): void {
    const { ctx, bbox } = chart;
    const ratio = devicePixelRatio;
    const taken: [number, number][] = [];
    ctx.save();
    ctx.font = `${12 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    // Where labels would lie on each other, those of the marks that matter most are there.
    for (const mark of [...this.marks].sort((one, other) => Number(other.strong ?? false) - Number(one.strong ?? false) || one.x - other.x)) {
      const x = Math.round(chart.valToPos(mark.x, "x", true));
      if (!Number.isFinite(x) || x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.strokeStyle = ctx.fillStyle = colourOf(mark.strong ? "--way" : "--soft");
      ctx.lineWidth = ratio;
      ctx.setLineDash([3 * ratio, 3 * ratio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      const wide = ctx.measureText(mark.label).width;
      const left = Math.max(0, Math.min(x - wide / 2, bbox.left + bbox.width - wide));
      const right = left + wide + 8 * ratio;
      if (taken.every(([from, to]) => right <= from || left >= to)) {
        ctx.fillText(mark.label, left, bbox.top - 6 * ratio);
        taken.push([left, right]);
      }
    }
    ctx.restore();
  }
}

/** Steps and epochs are counted: there is none at 2.5. */
const WHOLE = Array.from({ length: 30 }, (_, index) => [1, 2, 5][index % 3]! * 10 ** Math.floor(index / 3));

const isWhole = (values: ArrayLike<number>): boolean => Array.from({ length: Math.min(values.length, 50) }, (_, index) => values[index]!).every(Number.isInteger);

/** The value at an index, or the last before it: lines with fewer points have none at every x. */
function nearest(values: ArrayLike<number | null | undefined>, index: number): number {
  for (let at = index; at >= 0 && at > index - 5_000; at--) {
    const value = values[at];
    if (value !== undefined) return value ?? NaN;
  }
  return NaN;
}

function padded(_: uPlot, least: number, greatest: number): [number, number] {
  if (!Number.isFinite(least)) return [0, 1];
  const pad = (greatest - least) * 0.05 || Math.abs(greatest) / 2 || 1; // a constant is drawn in the middle
  return [least >= 0 && least - pad < 0 ? 0 : least - pad, greatest + pad];
}

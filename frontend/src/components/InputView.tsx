import { useEffect, useRef, useState } from "preact/hooks";
import type { Forecast, Input } from "../api/types";
import { formatNumber } from "../analysis/numbers";
import { t } from "../i18n";
import { prepare } from "./drawHeat";
import { styleOf } from "./colours";

/** An example's input as what it is: a row, a picture, a text, a sound wave, a series. */
export function InputView({ input, label }: { input: Input; label: string }) {
  switch (input.kind) {
    case "image":
      return <ImageInput input={input} label={label} />;
    case "text":
      return <blockquote class="text-input">{input.text}</blockquote>;
    case "sound":
      return <Waves label={label} waves={[{ name: t("input.sound"), values: input.values }]} />;
    case "series":
      return <Waves label={label} waves={seriesWaves(input.columns, input.values)} apart />;
    case "row":
      return <RowInput names={input.columns} values={input.values} />;
    case "numbers":
      return <>{Object.entries(input.values).map(([name, values]) => <RowInput key={name} names={values.map((_, index) => `${name} ${index}`)} values={values} />)}</>;
    default:
      return null;
  }
}

/** An input above what an autoencoder makes of it; of cells, both side by side. */
export function Reconstruction({ input, again, label }: { input: Input; again: Input; label: string }) {
  if (input.kind === "row" && again.kind === "row") return <RowInput names={input.columns} values={input.values} others={again.values} />;
  return (
    <div class="beside">
      <figure><figcaption>{t("examples.original")}</figcaption><InputView input={input} label={label} /></figure>
      <figure><figcaption>{t("examples.reconstruction")}</figcaption><InputView input={again} label={`${t("examples.reconstruction")}: ${label}`} /></figure>
    </div>
  );
}

const MOST_COLUMNS = 8;

type Cell = number | string | null;

function RowInput({ names, values, others }: { names: string[]; values: Cell[]; others?: Cell[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? values : values.slice(0, MOST_COLUMNS);
  const left = values.length - MOST_COLUMNS;
  return (
    <>
      {others && <p class="note row-head">{t("examples.original")} → {t("examples.reconstruction")}</p>}
      <dl class="row-input">
        {shown.map((value, index) => (
          <div key={index}>
            <dt>{names[index] ?? index}</dt>
            <dd>{cellText(value)}{others && ` → ${cellText(others[index] ?? null)}`}</dd>
          </div>
        ))}
      </dl>
      {left > 0 && <button type="button" class="small" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t("fewer") : t("more", { count: left })}</button>}
    </>
  );
}

const cellText = (value: Cell): string => (typeof value === "number" ? formatNumber(value) : (value ?? "–"));

function ImageInput({ input, label }: { input: Input & { kind: "image" }; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { height, width } = input;
  useEffect(() => {
    const source = document.createElement("canvas");
    source.width = width;
    source.height = height;
    source.getContext("2d")!.putImageData(new ImageData(pixelsOf(input), width, height), 0, 0);
    const scale = Math.max(1, Math.floor(128 / Math.max(width, height)));
    const context = prepare(canvas.current!, width * scale, height * scale);
    context.imageSmoothingEnabled = false;
    context.drawImage(source, 0, 0, width * scale, height * scale);
    canvas.current!.style.aspectRatio = `${width} / ${height}`;
  }, [input]);
  return <canvas class="image-input" ref={canvas} role="img" aria-label={label} />;
}

/** Red, green, blue and opacity of every pixel. */
export function pixelsOf({ height, width, channels, values }: Input & { kind: "image" }): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(height * width * 4);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      const channel = channels >= 3 ? colour : 0;
      pixels[pixel * 4 + colour] = values[pixel * channels + channel] ?? 0;
    }
    pixels[pixel * 4 + 3] = 255;
  }
  return pixels;
}

const SIZE = { width: 240, height: 72 };
const MOST_WAVES = 5;

interface Wave {
  name: string;
  values: readonly number[];
  /** The place of the first value among the steps of all waves. */
  start?: number;
  style?: number;
}

export const seriesWaves = (columns: readonly string[], rows: readonly (readonly number[])[]): Wave[] =>
  columns.slice(0, MOST_WAVES).map((name, column) => ({ name, values: rows.map((row) => row[column] ?? NaN) }));

/** A window of a series, and behind it what came beside what was forecast. */
export function ForecastView({ forecast, label }: { forecast: Forecast; label: string }) {
  const { column, past, target, prediction } = forecast;
  // Each line behind the window begins at its last value, so that the course has no gap.
  const ahead = (values: readonly number[]) => ({ values: [...past.slice(-1), ...values], start: Math.max(past.length - 1, 0) });
  return (
    <Waves
      label={label}
      waves={[
        { name: column, values: past, style: 6 },
        { name: t("examples.target"), ...ahead(target), style: 0 },
        { name: t("examples.forecast"), ...ahead(prediction), style: 1 },
      ]}
    />
  );
}

/** Lines over time with their names; `apart` where they have no scale in common. */
function Waves({ label, waves, apart = false }: { label: string; waves: readonly Wave[]; apart?: boolean }) {
  const length = Math.max(...waves.map(({ start = 0, values }) => start + values.length));
  const [least, greatest] = bounds(waves.flatMap(({ values }) => [...values]));
  return (
    <figure class="waves">
      <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} preserveAspectRatio="none" role="img" aria-label={`${label}: ${waves.map(({ name }) => name).join(", ")}`}>
        {waves.map(({ values, start, style }, index) => {
          const { name, dash } = styleOf(style ?? index);
          const range = apart ? bounds(values) : ([least, greatest] as const);
          return <path key={index} d={wavePath(values, { start: start ?? 0, length, range })} stroke={`var(${name})`} stroke-dasharray={dash.join(" ") || "none"} vector-effect="non-scaling-stroke" />;
        })}
      </svg>
      <figcaption>
        {waves.map(({ name, style }, index) => <span key={index}><i style={{ background: `var(${styleOf(style ?? index).name})` }} /> {name}</span>)}
        {!apart && Number.isFinite(least) && <span>{formatNumber(least)} – {formatNumber(greatest)}</span>}
      </figcaption>
    </figure>
  );
}

const bounds = (values: readonly number[]): readonly [number, number] => {
  const finite = values.filter(Number.isFinite);
  return [Math.min(...finite), Math.max(...finite)];
};

export function wavePath(values: readonly number[], { start = 0, length = values.length, range = bounds(values) }: { start?: number; length?: number; range?: readonly [number, number] } = {}): string {
  const [least, greatest] = range;
  const span = greatest - least || 1;
  const points = values.map((value, index) => [((start + index) / Math.max(length - 1, 1)) * SIZE.width, 68 - ((value - least) / span) * 64] as const);
  let pen = "M";
  return points
    .map(([x, y]) => {
      if (!Number.isFinite(y)) {
        pen = "M";
        return "";
      }
      const step = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = "L";
      return step;
    })
    .join("");
}

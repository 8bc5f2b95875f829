import { useEffect, useRef } from "preact/hooks";
import type { Input } from "../api/types";
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
      return <Waves label={label} channels={[input.values]} names={[t("input.sound")]} />;
    case "series":
      return <Waves label={label} names={input.columns} channels={input.columns.map((_, column) => input.values.map((row) => row[column] ?? NaN))} />;
    case "row":
      return <RowInput names={input.columns} values={input.values} />;
    case "numbers":
      return <>{Object.entries(input.values).map(([name, values]) => <RowInput key={name} names={values.map((_, index) => `${name} ${index}`)} values={values} />)}</>;
    default:
      return null;
  }
}

const MOST_COLUMNS = 8;

function RowInput({ names, values }: { names: string[]; values: (number | string | null)[] }) {
  return (
    <dl class="row-input">
      {values.slice(0, MOST_COLUMNS).map((value, index) => (
        <div key={index}>
          <dt title={names[index]}>{names[index] ?? index}</dt>
          <dd>{typeof value === "number" ? formatNumber(value) : (value ?? "–")}</dd>
        </div>
      ))}
      {values.length > MOST_COLUMNS && <div><dt>{t("more", { count: values.length - MOST_COLUMNS })}</dt><dd /></div>}
    </dl>
  );
}

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

function Waves({ label, channels, names }: { label: string; channels: number[][]; names: string[] }) {
  return (
    <svg class="waves" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} preserveAspectRatio="none" role="img" aria-label={`${label}: ${names.join(", ")}`}>
      {channels.slice(0, 5).map((values, index) => {
        const { name, dash } = styleOf(index);
        return <path key={index} d={wavePath(values)} stroke={`var(${name})`} stroke-dasharray={dash.join(" ") || "none"} vector-effect="non-scaling-stroke" />;
      })}
    </svg>
  );
}

export function wavePath(values: readonly number[]): string {
  const finite = values.filter(Number.isFinite);
  const least = Math.min(...finite);
  const span = Math.max(...finite) - least || 1;
  const points = values.map((value, index) => [(index / Math.max(values.length - 1, 1)) * SIZE.width, 68 - ((value - least) / span) * 64] as const);
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

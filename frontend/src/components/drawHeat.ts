import type { Histograms } from "../api/types";
import { css, mix, rgbOf } from "./colours";

export interface Extent {
  least: number;
  greatest: number;
}

/** The values that histograms over time span, with the rare ends left out: one spike must not flatten the rest. */
export function extentOf(histograms: Histograms): Extent {
  const least = finite(histograms.least);
  const greatest = finite(histograms.greatest);
  if (!least.length || !greatest.length) return { least: 0, greatest: 1 };
  const low = quantile(least, 0.02);
  const high = quantile(greatest, 0.98);
  return low < high ? { least: low, greatest: high } : { least: low - 0.5, greatest: high + 0.5 };
}

const finite = (values: readonly number[]): number[] => values.filter(Number.isFinite).sort((a, b) => a - b);
const quantile = (sorted: readonly number[], share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;

/** Histograms over time as a picture: time to the right, values upwards, the darker the more of them. */
export function drawHeat(canvas: HTMLCanvasElement, histograms: Histograms, width: number, height: number): void {
  const context = prepare(canvas, width, height);
  const { least, greatest } = extentOf(histograms);
  const [ground, ink] = [rgbOf("--raised"), rgbOf("--line-1")];
  context.fillStyle = css(ground);
  context.fillRect(0, 0, width, height);
  const columns = histograms.steps.length;
  const y = (value: number) => height - ((value - least) / (greatest - least)) * height;
  histograms.counts.forEach((counts, column) => {
    const most = Math.max(...counts, 1);
    const [low, high] = [histograms.least[column]!, histograms.greatest[column]!];
    const size = (high - low || (greatest - least) / 50) / counts.length;
    const left = Math.floor((column / columns) * width);
    const right = Math.floor(((column + 1) / columns) * width);
    counts.forEach((count, bin) => {
      if (!count) return;
      context.fillStyle = css(mix(ground, ink, Math.sqrt(count / most)));
      const top = Math.floor(y(low + (bin + 1) * size));
      context.fillRect(left, top, Math.max(right - left, 1), Math.max(Math.ceil(y(low + bin * size)) - top, 1));
    });
  });
}

/** A canvas as sharp as the screen, whose unit is still a pixel of the page. */
export function prepare(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

import { colours } from "../state/preferences";

/** Eight colours, then the same with other dashes: a line is told by its colour or by its dashes. */
const DASH_OF_COLOUR = [0, 1, 2, 3, 4, 1, 0, 2] as const;
const DASHES: readonly number[][] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 4]];
const COLOURS = 8;

/** The style of line number `index`: dashes differ between neighbours, so that colour is never the only cue. */
export const styleOf = (index: number): { name: string; dash: number[] } => ({
  name: `--line-${(index % COLOURS) + 1}`,
  dash: DASHES[(DASH_OF_COLOUR[index % COLOURS]! + Math.floor(index / COLOURS)) % DASHES.length]!,
});

const cache = new Map<string, string>();
let cached = -1;
let probe: HTMLElement | null = null;

/** A design token as the browser's own colour: canvases know no custom properties. */
export function colourOf(token: string): string {
  if (cached !== colours.value) {
    cache.clear();
    cached = colours.value;
  }
  const known = cache.get(token);
  if (known) return known;
  if (!probe) {
    probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(${token})`;
  const found = getComputedStyle(probe).color;
  cache.set(token, found);
  return found;
}

export type Rgb = readonly [number, number, number];

export function rgbOf(token: string): Rgb {
  const [r = 0, g = 0, b = 0] = (colourOf(token).match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

export const mix = (from: Rgb, to: Rgb, share: number): Rgb => {
  const part = Math.min(Math.max(share, 0), 1);
  return [0, 1, 2].map((index) => Math.round(from[index]! + (to[index]! - from[index]!) * part)) as unknown as Rgb;
};

export const css = (colour: Rgb, opacity = 1): string => `rgb(${colour.join(" ")} / ${opacity})`;

/** Black or white, whichever is better read on a colour (relative luminance of WCAG 2). */
export function inkOn(colour: Rgb): string {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
}

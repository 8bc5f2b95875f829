/** How numbers become colours, widths and dashes: minus, zero, plus. */
import { mix, type Rgb } from "../../components/colours";

export interface Palette {
  minus: Rgb;
  zero: Rgb;
  plus: Rgb;
  /** Of what is no number. */
  bad: Rgb;
}

const SHADES = 256;
/** A palette as pixels, as `Uint32Array` over an ImageData has them: shades from minus to plus, then that of no number. */
export function shadesOf(palette: Palette): Uint32Array {
  const shades = new Uint32Array(SHADES + 1);
  for (let index = 0; index < SHADES; index++) shades[index] = pixel(colourOf(palette, (2 * index) / (SHADES - 1) - 1));
  shades[SHADES] = pixel(palette.bad);
  return shades;
}

const pixel = ([r, g, b]: Rgb): number => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

/** The colour of a number between -1 and 1. */
export function colourOf({ minus, zero, plus, bad }: Palette, value: number): Rgb {
  if (Number.isNaN(value)) return bad;
  return mix(zero, value < 0 ? minus : plus, Math.abs(value));
}

/** Which shade a number has on a scale from -scale to scale. */
export function shadeOf(value: number, scale: number): number {
  if (Number.isNaN(value)) return SHADES;
  return Math.round(((Math.min(Math.max(value / scale, -1), 1) + 1) / 2) * (SHADES - 1));
}

/**
 * The end of the scale of a picture: 1, or the power of two that holds what is largest in it. It changes seldom while
 * a network trains, and a unit without bounds, such as a ReLU, still shows its shape.
 */
export function scaleOf(values: Float32Array, from = 0, to = values.length): number {
  let most = 1;
  for (let index = from; index < to; index++) {
    const size = Math.abs(values[index]!);
    if (size > most && size < Infinity) most = size;
  }
  return most <= 1.001 ? 1 : 2 ** Math.ceil(Math.log2(most));
}

/** A link so weak that it is drawn as nothing but a hair. */
export const HAIR = 0.02;

/** Pixels: growing with the size of the weight, slower and slower, so that a weight of 50 hides no neighbour. */
export function widthOf(weight: number | null, thickest = THICKEST): number {
  const size = Math.abs(weight ?? 0);
  if (!(size >= HAIR)) return 0.75;
  return thickest * (0.12 + 0.88 * Math.min(1, Math.sqrt(size / 5)));
}

const THICKEST = 9;
/** How thick the thickest link is: where many come into a unit, links are thinner. */
export const thickestOf = (units: number): number => THICKEST * Math.min(1, Math.sqrt(10 / units));

/** The colour of a weight or a bias: full from a size of 1. Small ones keep enough of it to be seen. */
export function weightColour(palette: Palette, weight: number | null): Rgb {
  if (weight === null) return palette.zero;
  if (Number.isNaN(weight)) return palette.bad;
  if (Math.abs(weight) < HAIR) return palette.zero;
  return colourOf(palette, Math.sign(weight) * Math.min(1, 0.35 + 0.65 * Math.abs(weight)));
}

/** Whether a link is drawn as next to nothing: it has no number yet, or next to none. */
export const isHair = (weight: number | null): boolean => weight === null || Math.abs(weight) < HAIR;

/** Weights below zero are dashed: the sign is never told by colour alone. */
export const dashOf = (weight: number | null): number[] => (weight === null || isHair(weight) ? [1, 3] : weight < 0 ? [7, 4] : []);

export const signOf = (value: number | null): string => (value === null ? "" : Number.isNaN(value) ? "?" : Math.abs(value) < HAIR ? "0" : value < 0 ? "−" : "+");

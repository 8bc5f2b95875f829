/** Numbers over the plane as pixels. */
import { mix, type Rgb } from "../../components/colours";
import { shadeOf, shadesOf, type Palette } from "../drawing/colours";

/** A picture: `count` numbers for each of `side` by `side` cells, one after another (K, g, g). */
export interface Picture {
  values: Float32Array;
  count: number;
  side: number;
}

/** Points are to be seen before it. */
const STRENGTH = 0.72;

export const softened = (palette: Palette): Palette => ({
  ...palette,
  minus: mix(palette.zero, palette.minus, STRENGTH),
  plus: mix(palette.zero, palette.plus, STRENGTH),
});

/** Numbers from -scale to scale, orange to blue; discretized: one side or the other. */
export function paintSigned(pixels: Uint32Array, { values }: Picture, palette: Palette, scale: number, discretize: boolean): void {
  const shades = shadesOf(softened(palette));
  for (let cell = 0; cell < pixels.length; cell++) {
    const value = values[cell]!;
    pixels[cell] = shades[discretize && !Number.isNaN(value) ? shadeOf(value > 0 ? 1 : -1, 1) : shadeOf(value, scale)]!;
  }
}

/** Probabilities of classes: their colours mixed in these shares; discretized: that of the likeliest. */
export function paintClasses(pixels: Uint32Array, { values, count }: Picture, colours: readonly Rgb[], palette: Palette, discretize: boolean): void {
  const soft = colours.map((colour) => mix(palette.zero, colour, STRENGTH));
  const size = pixels.length;
  for (let cell = 0; cell < size; cell++) {
    let [r, g, b, best, most] = [0, 0, 0, 0, -1];
    for (let label = 0; label < count; label++) {
      const share = values[label * size + cell]!;
      if (share > most) [best, most] = [label, share];
      r += share * soft[label]![0];
      g += share * soft[label]![1];
      b += share * soft[label]![2];
    }
    const [red, green, blue] = Number.isNaN(r) ? palette.bad : discretize ? soft[best]! : [r, g, b];
    pixels[cell] = ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
  }
}

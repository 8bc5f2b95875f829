/** Drawing a digit of 8 x 8 pixels. */
export const SIDE = 8;

/** Pixels of half the width of the brush's soft edge. */
const EDGE = 0.75;

/** The digit after the brush touched (x, y), in pixels from the top left; near pixels are full, further ones paler. */
export function brushed(pixels: readonly number[], x: number, y: number, isErasing: boolean): number[] {
  return pixels.map((value, at) => {
    const distance = Math.hypot((at % SIDE) + 0.5 - x, Math.floor(at / SIDE) + 0.5 - y);
    const ink = Math.min(Math.max((1.25 - distance) / EDGE, 0), 1);
    return isErasing ? Math.max(value - ink, 0) : Math.max(value, ink);
  });
}

/** The digit after the brush went from one place to another. */
export function stroked(pixels: readonly number[], from: readonly [number, number], to: readonly [number, number], isErasing: boolean): number[] {
  const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) * 2));
  let drawn: number[] = [...pixels];
  for (let step = 1; step <= steps; step++) {
    drawn = brushed(drawn, from[0] + ((to[0] - from[0]) * step) / steps, from[1] + ((to[1] - from[1]) * step) / steps, isErasing);
  }
  return drawn;
}

/** A pixel by the keyboard: empty, half, full, and around. */
export const nextInk = (value: number): number => (value < 0.25 ? 0.5 : value < 0.75 ? 1 : 0);

/** What every unit makes of the plane, as tiles of one picture: one ImageData a frame, however many units there are. */
import { scaleOf, shadeOf } from "./colours";
import type { NetworkFrame, Numbers } from "./numbers";
import type { Domain } from "../map/geometry";
import { featurePicture, type Column } from "./columns";

/** One picture: a square of numbers within an array, from the top (greatest x2) down. */
export interface Source {
  values: Float32Array;
  from: number;
  side: number;
}

/** Where the picture of each unit is found in a frame; null where the frame has none. */
export function sourcesOf(columns: readonly Column[], frame: NetworkFrame | null, domain: Domain): (Source | null)[][] {
  return columns.map((column, layer) => column.units.map((unit, index) => {
    if (column.kind !== "features") return tile(frame?.arrays.get(column.kind === "output" ? "map" : `unit:${layer}`), index);
    if (unit.row !== null) return tile(frame?.arrays.get("features"), unit.row);
    return unit.feature ? { values: switchedOff(unit.feature, domain), from: 0, side: OFF_SIDE } : null;
  }));
}

function tile(numbers: Numbers | undefined, index: number): Source | null {
  if (!numbers || numbers.shape.length !== 3 || index >= numbers.shape[0]!) return null;
  const side = numbers.shape[1]!;
  return side ? { values: numbers.values, from: index * side * side, side } : null;
}

/** A unit's picture has no more points along a side: the map is finer. */
const FINEST = 20;
const OFF_SIDE = FINEST;
const kept = new Map<string, Float32Array>();

function switchedOff(feature: Parameters<typeof featurePicture>[0], domain: Domain): Float32Array {
  const name = `${feature} ${JSON.stringify(domain)}`;
  const known = kept.get(name);
  if (known) return known;
  if (kept.size > 100) kept.clear(); // domains of many data sets
  const made = featurePicture(feature, domain, OFF_SIDE);
  kept.set(name, made);
  return made;
}

/** Paint a picture as a square of pixels into a larger one of `stride` pixels a row. */
export function paintTile(
  pixels: Uint32Array, at: number, stride: number, side: number, source: Source, shades: Uint32Array, discretize: boolean,
): void {
  const scale = discretize ? 1 : scaleOf(source.values, source.from, source.from + source.side ** 2);
  for (let row = 0; row < side; row++) {
    const line = source.from + Math.floor(((row + 0.5) * source.side) / side) * source.side;
    for (let column = 0; column < side; column++) {
      const value = source.values[line + Math.floor(((column + 0.5) * source.side) / side)]!;
      pixels[at + row * stride + column] = shades[shadeOf(discretize ? side01(value) : value, scale)]!;
    }
  }
}

/** One side or the other; no number stays none. */
const side01 = (value: number): number => (Number.isNaN(value) ? NaN : value > 0 ? 1 : -1);

/** All pictures of a network in one canvas, tile beside tile. */
export class Atlas {
  private readonly canvas = document.createElement("canvas");
  private image: ImageData | null = null;
  private pixels = new Uint32Array(0);
  private across = 1;
  private side = 1;

  paint(sources: readonly (Source | null)[], shades: Uint32Array, discretize: boolean): void {
    this.side = Math.min(FINEST, ...sources.flatMap((source) => (source ? [source.side] : [])));
    this.across = Math.max(1, Math.ceil(Math.sqrt(sources.length)));
    const [width, height] = [this.across * this.side, Math.max(1, Math.ceil(sources.length / this.across)) * this.side];
    if (!this.image || this.image.width !== width || this.image.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    sources.forEach((source, index) => {
      const place = Math.floor(index / this.across) * this.side * width + (index % this.across) * this.side;
      if (source) paintTile(this.pixels, place, width, this.side, source, shades, discretize);
    });
    this.canvas.getContext("2d")!.putImageData(this.image, 0, 0);
  }

  draw(context: CanvasRenderingContext2D, index: number, left: number, top: number, size: number): void {
    const { side, across } = this;
    // Half a pixel is left out around: smoothing would mix in the neighbour.
    const [x, y] = [(index % across) * side + 0.5, Math.floor(index / across) * side + 0.5];
    context.drawImage(this.canvas, x, y, side - 1, side - 1, left, top, size, size);
  }
}

/** How many points along a side units' pictures are asked for: many units have coarser ones, so that frames stay small. */
export const pictureSide = (units: number): number => (units <= 100 ? 20 : units <= 200 ? 16 : units <= 400 ? 12 : 8);

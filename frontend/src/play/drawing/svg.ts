/** A scene, or the map with its points, as an SVG that needs nothing else: pictures lie within it. */
import { css, inkOn } from "../../components/colours";
import { dashOf, isHair, shadesOf, signOf, weightColour, widthOf, type Palette } from "./colours";
import { controls, markerPlace, MARKER, type Curve } from "./geometry";
import { ticksBetween, toScreen, type Box, type Domain } from "../map/geometry";
import { paintTile, type Source } from "./pictures";
import { pngAddress } from "./png";
import type { Scene } from "./scene";

export interface Paper {
  palette: Palette;
  ground: string;
  edge: string;
  text: string;
}

const PAD = 12;

/** The network of a scene. `title` is what a reader of the screen hears, and what is written above. */
export function networkSvg(scene: Scene, sources: readonly (Source | null)[], discretize: boolean, paper: Paper, title: string): string {
  const { layout } = scene;
  const links = scene.links.map(({ curve, weight }) =>
    `<path d="${curveText(curve)}" stroke="${isHair(weight) ? paper.edge : css(weightColour(paper.palette, weight))}" stroke-width="${short(widthOf(weight, scene.thickest))}"${dashText(weight)}/>`);
  const units = scene.columns.flatMap((column, layer) => column.units.map((unit, index) => ({ unit, place: layout.places[layer]![index]! })));
  const pictures = units.map(({ unit, place: { x, y } }, index) => {
    const [left, top] = [short(x - layout.size / 2), short(y - layout.size / 2)];
    const box = `x="${left}" y="${top}" width="${layout.size}" height="${layout.size}"`;
    const source = sources[index];
    const image = source ? `<image ${box} preserveAspectRatio="none" href="${address(source, Math.min(source.side, 20), discretize, paper.palette)}"/>` : "";
    const label = unit.label ? labelText(unit.label, layout.turned, x, y, layout.size, paper) : "";
    return `<g${unit.row === null ? ' opacity=".35"' : ""}>${image}<rect ${box} rx="3" fill="none" stroke="${paper.edge}"/>${label}</g>`;
  });
  const biases = scene.biases.map(({ layer, unit, value }) => {
    const { x, y } = markerPlace(layout, layout.places[layer]![unit]!);
    const colour = weightColour(paper.palette, value);
    return `<circle cx="${short(x)}" cy="${short(y)}" r="${MARKER}" fill="${css(colour)}" stroke="${paper.edge}"/>` +
      `<text x="${short(x)}" y="${short(y + 4)}" text-anchor="middle" font-weight="700" fill="${inkOn(colour)}">${signOf(value)}</text>`;
  });
  return page(layout.width, layout.height, title, paper, [`<g fill="none">${links.join("")}</g>`, ...pictures, ...biases].join(""));
}

function labelText(label: string, turned: boolean, x: number, y: number, size: number, { text }: Paper): string {
  const place = turned ? `x="${short(x)}" y="${short(y - size / 2 - 5)}" text-anchor="middle"` : `x="${short(x - size / 2 - 6)}" y="${short(y + 4)}" text-anchor="end"`;
  return `<text ${place} fill="${text}">${escape(label)}</text>`;
}

/** Where the map is within its picture, in pixels: room for ticks is left and below. */
export const MAP_BOX: Box = { left: 34, top: 6, width: 400, height: 400 };

/** A point as it is drawn: a path in pixels of the picture. */
export interface Mark {
  path: string;
  fill: string;
  edge: string;
}

/** The map, `pixels` of `side` by `side` as `ImageData` has them, with its points. */
export function mapSvg(pixels: Uint32Array, side: number, domain: Domain, marks: readonly Mark[], paper: Paper, title: string): string {
  const { left, top, width, height } = MAP_BOX;
  const image = `<image x="${left}" y="${top}" width="${width}" height="${height}" href="${pngOf(pixels, side)}"/>`;
  const points = marks.map(({ path, fill, edge }) => `<path d="${path}" fill="${fill}" stroke="${edge}" stroke-width="1.2"/>`);
  const [[x0, x1], [y0, y1]] = domain;
  const across = ticksBetween(x0, x1).map((value) =>
    `<text x="${short(toScreen(MAP_BOX, domain, value, y0)[0])}" y="${top + height + 15}" text-anchor="middle" fill="${paper.text}">${value}</text>`);
  const up = ticksBetween(y0, y1).map((value) =>
    `<text x="${left - 6}" y="${short(toScreen(MAP_BOX, domain, x0, value)[1] + 4)}" text-anchor="end" fill="${paper.text}">${value}</text>`);
  return page(left + width + 12, top + height + 20, title, paper, [image, ...points, ...across, ...up].join(""));
}

function page(width: number, height: number, title: string, paper: Paper, body: string): string {
  const [w, h] = [Math.ceil(width) + 2 * PAD, Math.ceil(height) + 2 * PAD];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="${-PAD} ${-PAD} ${w} ${h}" font-family="system-ui, sans-serif" font-size="12" role="img">` +
    `<title>${escape(title)}</title><rect x="${-PAD}" y="${-PAD}" width="${w}" height="${h}" fill="${paper.ground}"/>${body}</svg>`;
}

/** A picture as it is on the screen, as a data address. */
function address(source: Source, side: number, discretize: boolean, palette: Palette): string {
  const pixels = new Uint32Array(side * side);
  paintTile(pixels, 0, side, side, source, shadesOf(palette), discretize);
  return pngOf(pixels, side);
}

function pngOf(pixels: Uint32Array, side: number): string {
  const rgb = new Uint8Array(3 * pixels.length);
  pixels.forEach((pixel, index) => rgb.set([pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255], 3 * index));
  return pngAddress(side, side, rgb);
}

export function curveText(curve: Curve): string {
  const [one, two] = controls(curve);
  return `M${[curve.from].map(pair)}C${[one, two, curve.to].map(pair).join(" ")}`;
}

const pair = ({ x, y }: { x: number; y: number }): string => `${short(x)} ${short(y)}`;
const dashText = (weight: number | null): string => (dashOf(weight).length ? ` stroke-dasharray="${dashOf(weight).join(" ")}"` : "");
const short = (value: number): string => String(Number(value.toFixed(2)));
const escape = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A scene, or the map with its points, as an SVG that needs nothing else: pictures lie within it. */
import { css, inkOn } from "../../components/colours";
import { dashOf, shadesOf, signOf, weightColour, widthOf, type Palette } from "./colours";
import { controls, markerPlace, MARKER, type Curve } from "./geometry";
import { paintTile, type Domain, type Source } from "./pictures";
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
    `<path d="${curveText(curve)}" stroke="${css(weightColour(paper.palette, weight))}" stroke-width="${short(widthOf(weight))}"${dashText(weight)}/>`);
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

export interface MapPoint {
  x: number;
  y: number;
  /** Between -1 and 1, as the map itself. */
  value: number;
  test: boolean;
}

const MAP = { side: 400, left: 34, bottom: 24 };

/** The map with its points: training points are round, test points square. */
export function mapSvg(source: Source, domain: Domain, points: readonly MapPoint[], discretize: boolean, paper: Paper, title: string): string {
  const [[x0, x1], [y0, y1]] = domain;
  const { side, left, bottom } = MAP;
  const at = (x: number, y: number): [number, number] => [left + ((x - x0) / (x1 - x0)) * side, ((y1 - y) / (y1 - y0)) * side];
  const image = `<image x="${left}" y="0" width="${side}" height="${side}" href="${address(source, source.side, discretize, paper.palette)}"/>`;
  const marks = points.filter(({ x, y }) => x >= x0 && x <= x1 && y >= y0 && y <= y1).map(({ x, y, value, test }) => {
    const [across, down] = at(x, y);
    const look = `fill="${css(weightColour(paper.palette, value || 1e-3))}" stroke="${paper.ground}"`;
    return test
      ? `<rect x="${short(across - 3.5)}" y="${short(down - 3.5)}" width="7" height="7" ${look}/>`
      : `<circle cx="${short(across)}" cy="${short(down)}" r="4" ${look}/>`;
  });
  const ticks = [0, 0.5, 1].flatMap((share) => [
    `<text x="${left + share * side}" y="${side + 16}" text-anchor="${["start", "middle", "end"][share * 2]}" fill="${paper.text}">${short(x0 + share * (x1 - x0))}</text>`,
    `<text x="${left - 6}" y="${short(4 + (1 - share) * (side - 6) + 4)}" text-anchor="end" fill="${paper.text}">${short(y0 + share * (y1 - y0))}</text>`,
  ]);
  return page(side + left + 4, side + bottom, title, paper, [image, ...marks, ...ticks].join(""));
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
  const rgb = new Uint8Array(3 * pixels.length);
  pixels.forEach((pixel, index) => rgb.set([pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255], 3 * index));
  return pngAddress(side, side, rgb);
}

export function curveText(curve: Curve): string {
  const [one, two] = controls(curve);
  return `M${[curve.from].map(pair)}C${[one, two, curve.to].map(pair).join(" ")}`;
}

const pair = ({ x, y }: { x: number; y: number }): string => `${short(x)} ${short(y)}`;
const dashText = (weight: number): string => (dashOf(weight).length ? ` stroke-dasharray="${dashOf(weight).join(" ")}"` : "");
const short = (value: number): string => String(Number(value.toFixed(2)));
const escape = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

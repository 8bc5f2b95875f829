/** A scene on a canvas: links, pictures of units, biases. */
import { css, inkOn } from "../../components/colours";
import { controls, markerPlace, MARKER, pointAt, type Curve, type Place } from "./geometry";
import { dashOf, HAIR, isHair, signOf, weightColour, widthOf, type Palette } from "./colours";
import type { Atlas } from "./pictures";
import type { DrawnLink, Scene } from "./scene";

export interface Ink {
  palette: Palette;
  ground: string;
  edge: string;
  text: string;
  /** Of what is lit or chosen. */
  way: string;
}

/** The part of a drawing that is seen: of a network that is larger than the screen no more is drawn. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How much is left of what is not meant, where something is lit or pointed at. */
const BEHIND = 0.25;
/** Numbers that flow are drawn where there are few links: it costs as much as all else together. */
const MOST_FLOWING = 120;
/** Of more links the numbers would lie over one another. */
const MOST_LABELS = 24;

/** The links. `phase`: how far what flows along them has moved, in pixels; null where nothing is to move. */
export function paintLinks(context: CanvasRenderingContext2D, scene: Scene, ink: Ink, phase: number | null, view: Box | null): void {
  context.clearRect(0, 0, scene.layout.width, scene.layout.height);
  context.lineCap = "butt";
  const links = view ? scene.links.filter(({ curve }) => isWithin(curve, view)) : scene.links;
  const front = links.some(({ lit }) => lit) ? () => false : links.some(({ near }) => near) ? (link: DrawnLink) => link.near : () => true;
  const back = links.filter(({ lit, chosen }) => !lit && !chosen);
  const width = (link: DrawnLink) => widthOf(link.weight, scene.thickest);
  context.globalAlpha = BEHIND;
  for (const link of back) if (!front(link)) strokeLink(context, link, ink, width(link));
  context.globalAlpha = 1;
  for (const link of back) if (front(link)) strokeLink(context, link, ink, width(link));
  if (phase !== null && back.length <= MOST_FLOWING) paintFlow(context, back, ink, phase);
  for (const link of links) if (link.lit || link.chosen) strokeMarked(context, link, ink, width(link));
  const lit = links.filter((link) => link.lit);
  for (const link of lit) paintLight(context, link, ink, lit.length <= (scene.layout.turned ? MOST_LABELS / 4 : MOST_LABELS));
  for (const link of links) if (Number.isFinite(link.gradient)) paintGradient(context, scene, link, ink);
}

const isWithin = ({ from, to }: Curve, { left, top, right, bottom }: Box): boolean =>
  Math.max(from.x, to.x) >= left && Math.min(from.x, to.x) <= right && Math.max(from.y, to.y) >= top && Math.min(from.y, to.y) <= bottom;

function trace(context: CanvasRenderingContext2D, { curve }: DrawnLink): void {
  const [one, two] = controls(curve);
  context.moveTo(curve.from.x, curve.from.y);
  context.bezierCurveTo(one.x, one.y, two.x, two.y, curve.to.x, curve.to.y);
}

function strokeLink(context: CanvasRenderingContext2D, link: DrawnLink, { palette, edge }: Ink, width: number): void {
  context.beginPath();
  trace(context, link);
  context.setLineDash(dashOf(link.weight));
  context.lineWidth = width;
  context.strokeStyle = isHair(link.weight) ? edge : css(weightColour(palette, link.weight));
  context.stroke();
}

/** What is lit or chosen: a rim of another colour around the link, and an arrow head where it ends. */
function strokeMarked(context: CanvasRenderingContext2D, link: DrawnLink, ink: Ink, width: number): void {
  context.beginPath();
  trace(context, link);
  context.setLineDash([]);
  context.lineWidth = width + (link.chosen ? 7 : 5);
  context.strokeStyle = ink.way;
  context.stroke();
  context.lineWidth = width + 2;
  context.strokeStyle = ink.ground;
  context.stroke();
  strokeLink(context, link, ink, width);
}

/** On the way of a derivation: forward an arrow with the value, backward one the other way with the gradient. */
function paintLight(context: CanvasRenderingContext2D, { curve, lit, to }: DrawnLink, ink: Ink, isTold: boolean): void {
  if (!lit) return;
  const middle = pointAt(curve, 0.42 + 0.08 * (to % 3)); // links that leave one unit have their numbers at different places
  const [above, below] = curve.turned ? [{ x: middle.x - 24, y: middle.y }, { x: middle.x + 24, y: middle.y }] : [middle, { x: middle.x, y: middle.y + 22 }];
  if (lit.forward !== undefined) {
    arrow(context, pointAt(curve, 0.9), pointAt(curve, 0.97), 7, ink.way);
    if (isTold && lit.forward !== null) label(context, shortNumber(lit.forward), above, ink, ink.text);
  }
  if (lit.backward !== undefined) {
    arrow(context, pointAt(curve, 0.12), pointAt(curve, 0.05), 7, ink.text);
    if (isTold && lit.backward !== null) label(context, `∂ ${shortNumber(lit.backward)}`, below, ink, ink.text);
  }
}

/** A few figures on the drawing, with the ground around so that they are read over lines. */
function label(context: CanvasRenderingContext2D, text: string, { x, y }: Place, ink: Ink, colour: string): void {
  context.font = "600 11px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.setLineDash([]);
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = ink.ground;
  context.strokeText(text, x, y - 4);
  context.fillStyle = colour;
  context.fillText(text, x, y - 4);
}

/** Small gaps that move along the links while a network trains: numbers flow. */
function paintFlow(context: CanvasRenderingContext2D, links: readonly DrawnLink[], { ground }: Ink, phase: number): void {
  context.beginPath();
  for (const link of links) if (Math.abs(link.weight ?? 0) > 10 * HAIR) trace(context, link);
  context.setLineDash([2, 26]);
  context.lineDashOffset = -phase;
  context.lineWidth = 2;
  context.strokeStyle = ground;
  context.stroke();
  context.lineDashOffset = 0;
}

/** The way the gradient pushes: against it the weight goes. An arrow back towards the input, with its number if there is room. */
function paintGradient(context: CanvasRenderingContext2D, scene: Scene, link: DrawnLink, ink: Ink): void {
  // Links that fan out from one unit have their numbers at different places, so that these do not cover each other.
  const share = 0.3 + 0.4 * ((link.to + 0.5) / Math.max(1, scene.columns[link.layer]!.units.length));
  const [tail, head] = [pointAt(link.curve, share + 0.04), pointAt(link.curve, share - 0.04)];
  arrow(context, tail, head, 6, ink.text);
  if (scene.links.length > 60 && !link.lit && !link.chosen) return;
  label(context, shortNumber(link.gradient), head, ink, ink.text);
}

/** Two figures, as there is room for on a link. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const text = size !== 0 && (size < 0.001 || size >= 1000) ? value.toExponential(0) : String(Number(value.toPrecision(2)));
  return text.replace(/-/g, "−").replace("e+", "e");
}

function arrow(context: CanvasRenderingContext2D, tail: Place, head: Place, size: number, colour: string): void {
  const angle = Math.atan2(head.y - tail.y, head.x - tail.x);
  context.beginPath();
  for (const turn of [0, 2.5, -2.5]) {
    const place = { x: head.x + size * Math.cos(angle + turn), y: head.y + size * Math.sin(angle + turn) };
    context.lineTo(place.x, place.y);
  }
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}

/** Corners of so many pictures are round: more have square ones. */
const MOST_ROUND = 100;

/** Pictures first, then all corners and all edges in one path each: to clip every picture costs more than all else. */
export function paintUnits(context: CanvasRenderingContext2D, { layout, columns }: Scene, atlas: Atlas, ink: Ink, view: Box | null): void {
  const { size } = layout;
  const round = columns.reduce((sum, { units }) => sum + units.length, 0) <= MOST_ROUND ? 5 : 0;
  const edges = { on: new Path2D(), off: new Path2D() };
  const corners = new Path2D();
  let index = 0;
  columns.forEach((column, layer) => column.units.forEach((unit, place) => {
    const [left, top] = [layout.places[layer]![place]!.x - size / 2, layout.places[layer]![place]!.y - size / 2];
    const tile = index++;
    if (view && (left > view.right || left + size < view.left || top > view.bottom || top + size < view.top)) return;
    const isOn = unit.row !== null;
    context.globalAlpha = isOn ? 1 : OFF;
    atlas.draw(context, tile, left, top, size);
    edges[isOn ? "on" : "off"].roundRect(left, top, size, size, round);
    if (round) {
      corners.rect(left, top, size, size);
      corners.roundRect(left, top, size, size, round);
    }
  }));
  context.globalAlpha = 1;
  context.fillStyle = ink.ground;
  context.fill(corners, "evenodd");
  context.setLineDash([]);
  context.lineWidth = 1.5;
  context.strokeStyle = ink.edge;
  context.stroke(edges.on);
  context.globalAlpha = OFF;
  context.stroke(edges.off);
  context.globalAlpha = 1;
}

/** How much is seen of a feature that is switched off. */
const OFF = 0.35;

/** Units on the way: a rim, and below it what they put out (forward) and the gradient that comes back. */
export function paintLitUnits(context: CanvasRenderingContext2D, { layout, units }: Scene, ink: Ink): void {
  const half = layout.size / 2;
  for (const { layer, unit, lit } of units) {
    const { x, y } = layout.places[layer]![unit]!;
    context.setLineDash([]);
    context.lineWidth = 3;
    context.strokeStyle = ink.way;
    context.strokeRect(x - half - 1.5, y - half - 1.5, layout.size + 3, layout.size + 3);
    const told = [...(lit?.forward != null ? [shortNumber(lit.forward)] : []), ...(lit?.backward != null && !layout.turned ? [`∂ ${shortNumber(lit.backward)}`] : [])];
    if (told.length) label(context, told.join("  "), { x, y: y + half + 17 }, ink, ink.text);
  }
}

export function paintBiases(context: CanvasRenderingContext2D, { layout, biases }: Scene, ink: Ink, view: Box | null): void {
  context.font = "700 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { layer, unit, value, lit, chosen } of biases) {
    const { x, y } = markerPlace(layout, layout.places[layer]![unit]!);
    if (view && (x < view.left || x > view.right || y < view.top || y > view.bottom)) continue;
    const colour = weightColour(ink.palette, value);
    context.beginPath();
    context.arc(x, y, MARKER, 0, 2 * Math.PI);
    context.fillStyle = css(colour);
    context.fill();
    context.lineWidth = lit || chosen ? 3.5 : 1;
    context.strokeStyle = lit || chosen ? ink.way : ink.edge;
    context.stroke();
    context.fillStyle = inkOn(colour);
    context.fillText(signOf(value), x, y + 0.5);
  }
}

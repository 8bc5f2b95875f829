/** A scene on a canvas: links, pictures of units, biases. */
import { css, inkOn } from "../../components/colours";
import { controls, markerPlace, MARKER, pointAt, type Place } from "./geometry";
import { dashOf, HAIR, signOf, weightColour, widthOf, type Palette } from "./colours";
import type { Atlas } from "./pictures";
import type { DrawnLink, Scene } from "./scene";

export interface Ink {
  palette: Palette;
  ground: string;
  edge: string;
  text: string;
  soft: string;
  /** Of what is lit or chosen. */
  way: string;
}

export interface Motion {
  /** How far the dashes of training have moved, in pixels; null where nothing is to move. */
  phase: number | null;
}

export function paintScene(context: CanvasRenderingContext2D, scene: Scene, atlas: Atlas, ink: Ink, motion: Motion): void {
  context.clearRect(0, 0, scene.layout.width, scene.layout.height);
  context.lineCap = "butt";
  const back = scene.links.filter(({ lit, chosen }) => !lit && !chosen);
  const dim = scene.links.some(({ lit }) => lit);
  context.globalAlpha = dim ? 0.35 : 1;
  for (const link of back) strokeLink(context, link, ink);
  context.globalAlpha = 1;
  if (motion.phase !== null) paintFlow(context, back, ink, motion.phase);
  for (const link of scene.links) if (link.lit || link.chosen) strokeMarked(context, link, ink);
  for (const link of scene.links) if (Number.isFinite(link.gradient)) paintGradient(context, scene, link, ink);
  paintUnits(context, scene, atlas, ink);
  paintBiases(context, scene, ink);
}

function trace(context: CanvasRenderingContext2D, { curve }: DrawnLink): void {
  const [one, two] = controls(curve);
  context.moveTo(curve.from.x, curve.from.y);
  context.bezierCurveTo(one.x, one.y, two.x, two.y, curve.to.x, curve.to.y);
}

function strokeLink(context: CanvasRenderingContext2D, link: DrawnLink, { palette }: Ink): void {
  context.beginPath();
  trace(context, link);
  context.setLineDash(dashOf(link.weight));
  context.lineWidth = widthOf(link.weight);
  context.strokeStyle = css(weightColour(palette, link.weight));
  context.stroke();
}

/** What is lit or chosen: a rim of another colour around the link, and an arrow head where it ends. */
function strokeMarked(context: CanvasRenderingContext2D, link: DrawnLink, ink: Ink): void {
  context.beginPath();
  trace(context, link);
  context.setLineDash([]);
  context.lineWidth = widthOf(link.weight) + (link.chosen ? 7 : 5);
  context.strokeStyle = ink.way;
  context.stroke();
  context.lineWidth = widthOf(link.weight) + 2;
  context.strokeStyle = ink.ground;
  context.stroke();
  strokeLink(context, link, ink);
  if (link.lit) arrow(context, pointAt(link.curve, 0.9), pointAt(link.curve, 0.97), 7, ink.way);
}

/** Small gaps that move along the links while a network trains: numbers flow. */
function paintFlow(context: CanvasRenderingContext2D, links: readonly DrawnLink[], { ground }: Ink, phase: number): void {
  context.beginPath();
  for (const link of links) if (Math.abs(link.weight) > 10 * HAIR) trace(context, link);
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
  const text = shortNumber(link.gradient);
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.lineWidth = 3;
  context.setLineDash([]);
  context.strokeStyle = ink.ground;
  context.strokeText(text, head.x, head.y - 4);
  context.fillStyle = ink.text;
  context.fillText(text, head.x, head.y - 4);
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

function paintUnits(context: CanvasRenderingContext2D, { layout, columns }: Scene, atlas: Atlas, ink: Ink): void {
  const { size } = layout;
  let index = 0;
  context.setLineDash([]);
  columns.forEach((column, layer) => column.units.forEach((unit, place) => {
    const { x, y } = layout.places[layer]![place]!;
    context.globalAlpha = unit.row === null ? 0.35 : 1;
    context.save();
    context.beginPath();
    context.roundRect(x - size / 2, y - size / 2, size, size, 5);
    context.clip();
    atlas.draw(context, index++, x - size / 2, y - size / 2, size);
    context.restore();
    context.beginPath();
    context.roundRect(x - size / 2, y - size / 2, size, size, 5);
    context.lineWidth = 1.5;
    context.strokeStyle = ink.edge;
    context.stroke();
    context.globalAlpha = 1;
  }));
}

function paintBiases(context: CanvasRenderingContext2D, { layout, biases }: Scene, ink: Ink): void {
  context.font = "700 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { layer, unit, value, lit, chosen } of biases) {
    const { x, y } = markerPlace(layout, layout.places[layer]![unit]!);
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

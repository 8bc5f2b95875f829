/** Where the units of a network and the links between them are drawn. Pure: numbers in, numbers out. */

export interface Place {
  x: number;
  y: number;
}

export interface Layout {
  /** Layers go downwards, as on a telephone, instead of to the right. */
  turned: boolean;
  width: number;
  height: number;
  /** The side of a unit's picture. */
  size: number;
  /** From the middle of a layer to the middle of the next. */
  step: number;
  /** The middle of each unit's picture, a list a layer. */
  places: Place[][];
}

/** The smallest target of WCAG 2.2, in pixels: no unit and no bias is smaller. */
export const TARGET = 24;
/** Half the width of a bias marker as it is seen. */
export const MARKER = 7;
/** Steps between layers: the least holds the controls at the head of a layer. */
const STEP = { head: 84, bare: 58, most: 250 };

export interface Wanted {
  /** Units a layer, features and output included. */
  units: readonly number[];
  width: number;
  /** Pixels for the names beside what goes in. */
  labels: number;
  /** Whether layers have controls at their heads. */
  heads: boolean;
}

/** To the right where that fits; else downwards where that fits; else to the right, and the reader scrolls. */
export function layOut(wanted: Wanted): Layout {
  const across = layOutAcross(wanted);
  if (across.width <= wanted.width) return across;
  const down = layOutDown(wanted);
  return down.width <= wanted.width ? down : across;
}

const greatestSize = (most: number): number => (most <= 8 ? 72 : most <= 16 ? 40 : 28);
const leastSize = (most: number): number => (most <= 8 ? 32 : most <= 16 ? 28 : TARGET);

function layOutAcross({ units, width, labels, heads }: Wanted): Layout {
  const most = Math.max(...units);
  const gaps = units.length - 1;
  const margin = heads ? STEP.head / 2 : leastSize(most) / 2 + 6;
  const left = Math.max(margin, labels + leastSize(most) / 2 + 4);
  const least = heads ? STEP.head : STEP.bare;
  const step = Math.floor(clamp((width - left - margin) / gaps, least, STEP.most));
  const size = Math.round(clamp(step * 0.36, leastSize(most), greatestSize(most)));
  const begin = Math.max(margin, labels + size / 2 + 4, size / 2);
  const end = Math.max(margin, size / 2 + 2);
  const taken = begin + end > left + margin ? Math.floor(clamp((width - begin - end) / gaps, least, STEP.most)) : step;
  const pitch = size + gapOf(size, most);
  const places = units.map((count, layer) => range(count, (unit) => ({ x: begin + layer * taken, y: size / 2 + 4 + unit * pitch })));
  return { turned: false, width: begin + end + gaps * taken, height: most * pitch + 8, size, step: taken, places };
}

function layOutDown({ units, width }: Wanted): Layout {
  const most = Math.max(...units);
  const pitch = Math.floor(clamp(width / most, TARGET + 8, 72));
  const size = Math.min(pitch - 8, 48);
  const label = 22;
  const step = size + (size >= 40 ? 84 : 62);
  const total = most * pitch;
  const places = units.map((count, layer) =>
    range(count, (unit) => ({ x: (total - (count - 1) * pitch) / 2 + unit * pitch, y: label + size / 2 + layer * step })),
  );
  return { turned: true, width: total, height: label + (units.length - 1) * step + size + 20, size, step, places };
}

const gapOf = (size: number, most: number): number => (most <= 8 ? Math.max(18, Math.round(size * 0.36)) : 9);
const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
const range = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

/** The middle of a unit's bias marker, where its links come in. */
export function markerPlace(layout: Layout, place: Place): Place {
  const away = layout.size / 2 + MARKER + 1;
  return layout.turned ? { x: place.x, y: place.y - away } : { x: place.x - away, y: place.y };
}

export interface Curve {
  from: Place;
  to: Place;
  turned: boolean;
}

/** From the edge of a unit's picture to the bias marker of a unit in the next layer. */
export function linkCurve(layout: Layout, from: Place, to: Place): Curve {
  const marker = markerPlace(layout, to);
  const out = layout.size / 2;
  return layout.turned
    ? { turned: true, from: { x: from.x, y: from.y + out }, to: { x: marker.x, y: marker.y - MARKER } }
    : { turned: false, from: { x: from.x + out, y: from.y }, to: { x: marker.x - MARKER, y: marker.y } };
}

/** The two control points of a curve: it leaves and arrives in the direction of the network. */
export function controls({ from, to, turned }: Curve): [Place, Place] {
  const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  return turned ? [{ x: from.x, y }, { x: to.x, y }] : [{ x, y: from.y }, { x, y: to.y }];
}

/** How far along the network, and how far across it, a curve has come at a share of its way: a cubic of Bézier. */
const alongOf = (share: number): number => 1.5 * share - 1.5 * share ** 2 + share ** 3;
const acrossOf = (share: number): number => 3 * share ** 2 - 2 * share ** 3;

/** The point of a curve at a share of its way. */
export function pointAt(curve: Curve, share: number): Place {
  const [along, across] = [alongOf(share), acrossOf(share)];
  const { from, to } = curve;
  const [x, y] = curve.turned ? [across, along] : [along, across];
  return { x: from.x + (to.x - from.x) * x, y: from.y + (to.y - from.y) * y };
}

/** The share of a curve's way that lies so far along the network, between 0 and 1. */
function shareAlong(part: number): number {
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 24; turn++) {
    const share = (low + high) / 2;
    if (alongOf(share) < part) low = share;
    else high = share;
  }
  return (low + high) / 2;
}

export interface Link {
  /** The layer that the link goes into: 1 is the first after what goes in. */
  layer: number;
  from: number;
  to: number;
}

/** How far from a link a pointer may be, in pixels, to mean it. */
export const REACH = 9;

/** The link under a pointer, if any; `isLink` leaves out those of features that are switched off. */
export function linkAt(layout: Layout, point: Place, isLink: (link: Link) => boolean): Link | null {
  for (let layer = 1; layer < layout.places.length; layer++) {
    const found = nearestInGap(layout, layer, point, isLink);
    if (found) return found;
  }
  return null;
}

function nearestInGap(layout: Layout, layer: number, point: Place, isLink: (link: Link) => boolean): Link | null {
  const [before, after] = [layout.places[layer - 1]!, layout.places[layer]!];
  if (!before.length || !after.length) return null;
  const along = layout.turned ? "y" : "x";
  const across = layout.turned ? "x" : "y";
  const sample = linkCurve(layout, before[0]!, after[0]!);
  const part = (point[along] - sample.from[along]) / (sample.to[along] - sample.from[along]);
  if (part < 0 || part > 1) return null;
  const share = shareAlong(part);
  const rise = acrossOf(share);
  const length = sample.to[along] - sample.from[along];
  const speed = 6 * share * (1 - share) / (1.5 - 3 * share + 3 * share ** 2); // d across / d along, of a rise of 1 in a length of 1
  let best: Link | null = null;
  let least = REACH;
  before.forEach((start, from) => after.forEach((end, to) => {
    const span = end[across] - start[across];
    const distance = Math.abs(point[across] - start[across] - span * rise) / Math.hypot(1, (speed * span) / length);
    if (distance < least && isLink({ layer, from, to })) [best, least] = [{ layer, from, to }, distance];
  }));
  return best;
}

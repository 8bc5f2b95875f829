import type { OwnPoint } from "../state";

/** Points with so many percent of them for training, drawn by chance, but each time the same for as many points. */
export function splitPoints(points: readonly OwnPoint[], trainShare: number): OwnPoint[] {
  const order = points.map((_, index) => index).sort((one, other) => hash(one) - hash(other) || one - other);
  const train = new Set(order.slice(0, Math.max(2, Math.floor((points.length * trainShare) / 100))));
  return points.map((point, index) => ({ ...point, test: !train.has(index) }));
}

/** A number in an order that has nothing to do with its size (the finalizer of MurmurHash3, public domain). */
function hash(number: number): number {
  let bits = number + 0x9e3779b9;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

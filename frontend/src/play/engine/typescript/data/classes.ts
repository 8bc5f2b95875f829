/** The data sets of classes, as `pellucid/playground/data/classes.py` describes them. */
import type { Draw, Points } from "./draw";

const TURN = 2 * Math.PI;

export function circle(draw: Draw): Points {
  const inside = draw.uniform(0, 0, 2.5);
  const outside = draw.uniform(0, 3.5, 5);
  const angle = draw.uniform(1, 0, TURN);
  const half = Math.floor(draw.count / 2);
  const radius = inside.map((number, i) => (i < half ? number : outside[i]!));
  const x1 = radius.map((r, i) => r * Math.sin(angle[i]!));
  const x2 = radius.map((r, i) => r * Math.cos(angle[i]!));
  return draw.labelled(x1, x2, 5, (a, b) => Math.sqrt(a * a + b * b) < 2.5);
}

export function xor(draw: Draw): Points {
  const apart = (x: number): number => x + (x > 0 ? 0.3 : -0.3);
  return draw.labelled(draw.uniform(0, -5, 5).map(apart), draw.uniform(1, -5, 5).map(apart), 5, (a, b) => a * b >= 0);
}

export function gauss(draw: Draw): Points {
  const deviation = Math.sqrt(0.5 + 7 * draw.noise);
  const x1 = draw.normal(0, deviation);
  const x2 = draw.normal(1, deviation);
  const half = Math.floor(draw.count / 2);
  return draw.points((i) => [(i < half ? 2 : -2) + x1[i]!, (i < half ? 2 : -2) + x2[i]!, i < half]);
}

export function spiral(draw: Draw): Points {
  const half = Math.floor(draw.count / 2);
  const x1 = draw.uniform(0, -1, 1);
  const x2 = draw.uniform(1, -1, 1);
  return draw.points((i) => {
    const first = i < half;
    const part = first ? i / Math.max(half, 1) : (i - half) / (draw.count - half);
    const angle = 1.75 * part * 2 * Math.PI + (first ? 0 : Math.PI);
    return [5 * part * Math.sin(angle) + x1[i]! * draw.noise, 5 * part * Math.cos(angle) + x2[i]! * draw.noise, first];
  });
}

export function moons(draw: Draw): Points {
  const half = Math.floor(draw.count / 2);
  const angle = draw.uniform(0, 0, Math.PI);
  const x1 = draw.normal(1, 3 * draw.noise);
  const x2 = draw.normal(2, 3 * draw.noise);
  return draw.points((i) => {
    const upper = i < half;
    const across = upper ? Math.cos(angle[i]!) : 1 - Math.cos(angle[i]!);
    const up = upper ? Math.sin(angle[i]!) : 0.5 - Math.sin(angle[i]!);
    return [3 * (across - 0.5) + x1[i]!, 3 * (up - 0.25) + x2[i]!, upper];
  });
}

export function rings(draw: Draw): Points {
  const width = draw.uniform(0, -0.3, 0.3);
  const angle = draw.uniform(1, 0, TURN);
  const x1 = draw.normal(2, 2 * draw.noise);
  const x2 = draw.normal(3, 2 * draw.noise);
  return draw.points((i) => {
    const label = i % draw.classes;
    const radius = (5 * (label + 1)) / draw.classes + width[i]!;
    return [radius * Math.sin(angle[i]!) + x1[i]!, radius * Math.cos(angle[i]!) + x2[i]!, label];
  });
}

export function checkerboard(draw: Draw): Points {
  const square = (a: number, b: number): number => Math.abs((Math.floor(a / 3) + Math.floor(b / 3)) % 2);
  return draw.labelled(draw.uniform(0, -6, 6), draw.uniform(1, -6, 6), 6, square);
}

export function blobs(draw: Draw): Points {
  const deviation = Math.sqrt(0.4 + 4 * draw.noise);
  const x1 = draw.normal(0, deviation);
  const x2 = draw.normal(1, deviation);
  return draw.points((i) => {
    const label = i % draw.classes;
    const angle = (TURN * label) / draw.classes;
    return [4 * Math.sin(angle) + x1[i]!, 4 * Math.cos(angle) + x2[i]!, label];
  });
}

/** Corners (0, 0), (1, 0), (0, 1), (1, 1) by turns, with the label that a gate gives them. */
const gate = (label: (first: number, second: number) => number) => (draw: Draw): Points => {
  const x1 = draw.normal(0, draw.noise);
  const x2 = draw.normal(1, draw.noise);
  return draw.points((i) => {
    const first = i % 2;
    const second = Math.floor(i / 2) % 2;
    return [first + x1[i]!, second + x2[i]!, label(first, second)];
  });
};

export const andGate = gate((a, b) => a * b);
export const orGate = gate(Math.max);
export const xorGate = gate((a, b) => Math.abs(a - b));

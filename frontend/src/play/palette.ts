/** The colours of the playground: orange for −1 and class 0, neutral for 0, blue for 1 and class 1; shapes as a second cue. */
import { rgbOf, type Rgb } from "../components/colours";
import type { Palette } from "./drawing/colours";

/** After the first two, colours that readers of every kind of colour vision tell apart (Okabe and Ito). */
const CLASS_TOKENS = ["--line-2", "--line-1", "--line-3", "--line-4", "--line-5", "--line-8", "--line-7", "--line-6"];

export const classToken = (label: number): string => CLASS_TOKENS[label % CLASS_TOKENS.length]!;

export const signedPalette = (): Palette => ({ minus: rgbOf("--minus"), zero: rgbOf("--zero"), plus: rgbOf("--plus"), bad: rgbOf("--bad") });

export const classColours = (count: number): Rgb[] => Array.from({ length: count }, (_, label) => rgbOf(classToken(label)));

/** The outline of a class's mark: corners around the middle of a square of side 2, clockwise; null is a circle. */
const SHAPES: readonly (readonly (readonly [number, number])[] | null)[] = [
  null,
  [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]],
  [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]],
  [[1.05, -0.8], [0, 1.1], [-1.05, -0.8]],
  [[-0.6, -1], [0.6, -1], [1.15, 0], [0.6, 1], [-0.6, 1], [-1.15, 0]],
  [[0, -1.2], [0.35, -0.35], [1.2, -0.35], [0.5, 0.25], [0.75, 1.1], [0, 0.6], [-0.75, 1.1], [-0.5, 0.25], [-1.2, -0.35], [-0.35, -0.35]],
];

export function shapePath(label: number, x: number, y: number, size: number): Path2D {
  const path = new Path2D();
  const corners = SHAPES[label % SHAPES.length]!;
  if (corners === null) path.arc(x, y, size, 0, 2 * Math.PI);
  else {
    corners.forEach(([dx, dy], index) => path[index ? "lineTo" : "moveTo"](x + dx * size, y + dy * size));
    path.closePath();
  }
  return path;
}

/** The same as an SVG path, for legends and buttons. */
export function shapeText(label: number, x: number, y: number, size: number): string {
  const corners = SHAPES[label % SHAPES.length]!;
  if (corners === null) return `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0Z`;
  return `M${corners.map(([dx, dy]) => `${x + dx * size} ${y + dy * size}`).join("L")}Z`;
}

/** Which mark and colour a point's label has: its class, or of amounts the sign. */
export const markOf = (label: number, isRegression: boolean): number => (isRegression ? (label < 0 ? 0 : 1) : label);

/** How a number of a feature map comes about: its window of the input times the kernel. */
import type { Numbers } from "../frames";

export interface WindowSum {
  /** The part of the input, its products with the kernel, row after row. */
  window: number[];
  kernel: number[];
  products: number[];
  bias: number;
  sum: number;
}

/** The number at (`row`, `column`) of a feature map: the window begins there, for the convolution has stride 1 and no padding. */
export function windowSum(input: Numbers, kernel: Numbers, bias: number, row: number, column: number): WindowSum {
  const [height = 0, width = 0] = kernel.shape;
  const window = Array.from({ length: height * width }, (_, at) => input.values[(row + Math.floor(at / width)) * input.shape[1]! + column + (at % width)]!);
  const numbers = [...kernel.values];
  const products = window.map((value, at) => value * numbers[at]!);
  return { window, kernel: numbers, products, bias, sum: products.reduce((sum, product) => sum + product, bias) };
}

/** The four numbers whose largest is at (`row`, `column`) of the pooled map. */
export function pooledFrom(map: Numbers, row: number, column: number): number[] {
  const width = map.shape[1]!;
  return [0, 1, width, width + 1].map((offset) => map.values[2 * row * width + 2 * column + offset]!);
}

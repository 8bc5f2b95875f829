/** So many numbers along an axis of a picture, at equal distances, both ends among them. */
export const spaced = ([least, greatest]: readonly [number, number], count: number): number[] =>
  Array.from({ length: count }, (_, i) => least + ((greatest - least) * i) / (count - 1));

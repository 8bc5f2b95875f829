/** A row of attention written out. */
export interface SoftmaxTerm {
  score: number;
  power: number;
  weight: number;
}

/** `e^score` of each place, less the largest score so that none overflows, and its share of their sum. */
export function softmaxTerms(scores: ArrayLike<number>): SoftmaxTerm[] {
  const all = Array.from(scores);
  const most = Math.max(...all);
  const powers = all.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return all.map((score, at) => ({ score, power: powers[at]!, weight: powers[at]! / sum }));
}

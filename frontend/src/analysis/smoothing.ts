/** How much of a curve's beginning a mean takes in, at most: no point's mean reaches back over more than this share. */
const REACH = 0.1;

/**
 * The exponential moving average of a curve, in which a value `k` points back weighs `s^k`. At the beginning, where curves
 * fall fast, `s` is lower, `n / (n + 1 / REACH)` after `n` points, and the weights are divided by their sum (Kingma and
 * Ba, 2015, section 3): the mean begins at the first value and follows from there. What is not finite is passed over,
 * and stays a gap.
 */
export function smooth(values: ArrayLike<number>, strength: number): Float64Array {
  const out = new Float64Array(values.length);
  let [sum, weight, count] = [0, 0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) {
      out[index] = NaN;
      continue;
    }
    const kept = Math.min(strength, count / (count + 1 / REACH));
    sum = kept * sum + value;
    weight = kept * weight + 1;
    count++;
    out[index] = sum / weight;
  }
  return out;
}

/** By how much a curve jumps: the mean of the differences of neighbours. */
export function meanJump(values: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  let before = NaN;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (Number.isFinite(value) && Number.isFinite(before)) {
      sum += Math.abs(value - before);
      count++;
    }
    before = value;
  }
  return count ? sum / count : NaN;
}

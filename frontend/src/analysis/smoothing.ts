/**
 * The exponential moving average of a curve, `m = s m + (1 - s) y`, divided by `1 - s^n` so that it starts at the first
 * value and not at zero (Kingma and Ba, 2015, section 3). What is not finite is passed over, and stays a gap.
 */
export function smooth(values: ArrayLike<number>, strength: number): Float64Array {
  const out = new Float64Array(values.length);
  let mean = 0;
  let weight = 1;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) {
      out[index] = NaN;
      continue;
    }
    mean = strength * mean + (1 - strength) * value;
    weight *= strength;
    out[index] = mean / (1 - weight);
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

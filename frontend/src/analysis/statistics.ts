/** Quantiles of Student's distribution, 97.5 %, for 1 to 30 degrees of freedom. */
const T975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101,
  2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

export interface Mean {
  count: number;
  mean: number;
  /** Half the width of the 95 % interval of the mean; NaN for a single value. */
  half: number;
}

/** The mean of values that are finite, with its 95 % interval by Student's distribution. */
export function meanWithInterval(values: readonly number[]): Mean {
  const finite = values.filter(Number.isFinite);
  const count = finite.length;
  const mean = finite.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { count, mean, half: NaN };
  const variance = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { count, mean, half: (T975[count - 2] ?? 1.96) * Math.sqrt(variance / count) };
}

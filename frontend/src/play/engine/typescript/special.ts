/** Functions that JavaScript lacks, to the accuracy of float64. */

const ROOT = 2 / Math.sqrt(Math.PI);

/**
 * The error function. Near 0 by its series with terms of one sign, `2 / sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!`,
 * beyond 2.5 by the continued fraction of `1 - erf(x)`. Source: Abramowitz and Stegun 1964, 7.1.6 and 7.1.14.
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size > 2.5) return Math.sign(x) * (1 - tail(size));
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return ROOT * Math.exp(-x * x) * sum;
}

/** `1 - erf(x)` for x > 2.5: `exp(-x^2) / sqrt(pi) / (x + (1/2) / (x + 1 / (x + (3/2) / (x + ...))))`. */
function tail(x: number): number {
  let fraction = x;
  for (let n = 40; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** `ln(1 + exp(x))` without overflow. */
export const softplus = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));

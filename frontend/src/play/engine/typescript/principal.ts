/** The directions in which rows vary most, as `pellucid/data/preparation/pca.py` finds them. */

export interface Principal {
  /** (D, K), the directions as columns, most variance first; the largest entry of each is above 0. */
  basis: Float64Array;
  /** (K,), the variance along each. */
  variances: Float64Array;
  kept: number;
}

const SWEEPS = 30;

/**
 * Of centred rows (B, D), whose numbers are known to within `noise`. By Jacobi's method on the columns (Hestenes 1958): pairs of
 * them are turned until all are at right angles, which gives the singular values as exactly as the decomposition in Python.
 */
export function principalDirections(centred: Float64Array, rows: number, columns: number, noise: number): Principal {
  const turned = centred.slice();
  const V = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++) V[i * columns + i] = 1;
  for (let sweep = 0; sweep < SWEEPS && turnAll(turned, V, rows, columns); sweep++);
  const lengths = Array.from({ length: columns }, (_, column) => {
    let square = 0;
    for (let row = 0; row < rows; row++) square += turned[row * columns + column]! ** 2;
    return Math.sqrt(square);
  });
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[b]! - lengths[a]!);
  const larger = Math.max(rows, columns);
  const least = Math.max(lengths[order[0]!]! * larger * Number.EPSILON, noise * Math.sqrt(larger));
  const kept = order.filter((i) => lengths[i]! > least);
  if (kept.length === 0) throw new Error(`the ${rows} rows are all alike: give more rows, or no preparation`);
  return {
    basis: pointed(V, columns, kept),
    variances: Float64Array.from(kept, (i) => lengths[i]! ** 2 / rows),
    kept: kept.length,
  };
}

/** Turn every pair of columns to right angles; whether any was not there yet. */
function turnAll(A: Float64Array, V: Float64Array, rows: number, columns: number): boolean {
  let changed = false;
  for (let i = 0; i < columns; i++) {
    for (let j = i + 1; j < columns; j++) {
      let ii = 0;
      let jj = 0;
      let ij = 0;
      for (let row = 0; row < rows; row++) {
        const a = A[row * columns + i]!;
        const b = A[row * columns + j]!;
        ii += a * a;
        jj += b * b;
        ij += a * b;
      }
      if (Math.abs(ij) <= 1e-15 * Math.sqrt(ii * jj)) continue;
      changed = true;
      const ratio = (jj - ii) / (2 * ij);
      const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(1, ratio));
      const cosine = 1 / Math.hypot(1, tangent);
      turn(A, rows, columns, i, j, cosine, cosine * tangent);
      turn(V, columns, columns, i, j, cosine, cosine * tangent);
    }
  }
  return changed;
}

function turn(A: Float64Array, rows: number, columns: number, i: number, j: number, cosine: number, sine: number): void {
  for (let at = 0; at < rows * columns; at += columns) {
    const a = A[at + i]!;
    const b = A[at + j]!;
    A[at + i] = cosine * a - sine * b;
    A[at + j] = sine * a + cosine * b;
  }
}

/** The chosen columns of V, each with its largest entry above 0. */
function pointed(V: Float64Array, columns: number, chosen: number[]): Float64Array {
  const basis = new Float64Array(columns * chosen.length);
  chosen.forEach((column, place) => {
    let largest = 0;
    for (let row = 0; row < columns; row++) {
      const entry = V[row * columns + column]!;
      if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    }
    const sign = largest < 0 ? -1 : 1;
    for (let row = 0; row < columns; row++) basis[row * chosen.length + place] = sign * V[row * columns + column]!;
  });
  return basis;
}

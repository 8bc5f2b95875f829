/**
 * Columns of length 1 at right angles that span those of `matrix` (rows, columns), row by row: the Q of its QR decomposition in
 * which the diagonal of R is above 0, by Gram and Schmidt. Each column is made orthogonal twice, which is once more than rounding spoils.
 */
export function orthonormalColumns(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const Q = matrix.slice();
  for (let column = 0; column < columns; column++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < column; other++) {
        let part = 0;
        for (let row = 0; row < rows; row++) part += Q[row * columns + other]! * Q[row * columns + column]!;
        for (let row = 0; row < rows; row++) Q[row * columns + column]! -= part * Q[row * columns + other]!;
      }
    }
    let square = 0;
    for (let row = 0; row < rows; row++) square += Q[row * columns + column]! ** 2;
    const length = Math.sqrt(square);
    for (let row = 0; row < rows; row++) Q[row * columns + column]! /= length;
  }
  return Q;
}

/** Rows to keep, so that of every stretch the least and the greatest value of the column stay, in order. */
export function peaks(column: ArrayLike<number>, most: number): number[] {
  const rows = column.length;
  if (rows <= most) return Array.from({ length: rows }, (_, row) => row);
  const buckets = Math.max(1, Math.floor(most / 2));
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const begin = Math.floor((bucket * rows) / buckets);
    const end = Math.floor(((bucket + 1) * rows) / buckets);
    let least = begin;
    let greatest = begin;
    for (let row = begin + 1; row < end; row++) {
      if (!(column[row]! >= column[least]!)) least = row;
      if (!(column[row]! <= column[greatest]!)) greatest = row;
    }
    kept.push(...(least === greatest ? [least] : [Math.min(least, greatest), Math.max(least, greatest)]));
  }
  return kept;
}

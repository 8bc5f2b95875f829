const MOST = 3;

/** The names that are written most like one, the nearest first, by the letters that differ. */
export function nearest(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  return known
    .map((one) => ({ one, far: distance(wanted, one.toLowerCase()) }))
    .filter(({ one, far }) => far <= Math.max(1, Math.floor(Math.max(wanted.length, one.length) * 0.4)))
    .sort((one, other) => one.far - other.far)
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** How many letters have to be put in, left out or changed (Levenshtein's distance). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const changed = row[to - 1]! + Number(one[at - 1] !== other[to - 1]);
      next.push(Math.min(changed, row[to]! + 1, next[to - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}

/** Cohen's kappa of a square table of counts (Cohen 1960): agreement beyond that of two who guess with the same shares. Null where chance alone agrees: nothing was there to tell apart. */
export function cohenKappa(counts: readonly (readonly number[])[]): number | null {
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = counts.map((_, at) => counts.reduce((sum, row) => sum + (row[at] ?? 0), 0));
  const items = rows.reduce((sum, count) => sum + count, 0);
  let [apart, expected] = [0, 0];
  counts.forEach((row, at) => {
    row.forEach((count, column) => {
      if (at === column) return;
      apart += count;
      expected += (rows[at] ?? 0) * (columns[column] ?? 0);
    });
  });
  // One division of whole numbers, so that a kappa of 0.45 is no hair below it
  return expected === 0 ? null : (expected - apart * items) / expected;
}

/** Kappa of values on a scale, disagreements weighted by the square of their distance (Cohen 1968; Fleiss & Cohen 1973); from sums, so that values may be as many as there are items. Null where all values are equal. */
export function quadraticKappa(pairs: readonly (readonly [number, number])[]): number | null {
  const items = pairs.length;
  // Distances stay what they are; sums of small numbers lose nothing to rounding
  const [start = 0] = pairs[0] ?? [];
  let [apart, first, second, squares] = [0, 0, 0, 0];
  for (const [one, other] of pairs) {
    const [a, b] = [one - start, other - start];
    apart += (a - b) ** 2;
    first += a;
    second += b;
    squares += a * a + b * b;
  }
  // The mean squared distance of every first value from every second
  const expected = squares / items - (2 * first * second) / (items * items);
  return expected > 0 ? 1 - apart / items / expected : null;
}

/** How grave a disagreement is, by row and column: 0 for none. */
export type Disagreement = (row: number, column: number) => number;

const UNEQUAL: Disagreement = (row, column) => (row === column ? 0 : 1);

/** Cohen's kappa of a square table of counts (Cohen 1960): agreement beyond that of two who guess with the same shares; weighted where disagreements differ in gravity (Cohen 1968). Null where chance alone agrees: nothing was there to tell apart. */
export function cohenKappa(
  counts: readonly (readonly number[])[],
  disagreement: Disagreement = UNEQUAL,
): number | null {
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = counts.map((_, at) => counts.reduce((sum, row) => sum + (row[at] ?? 0), 0));
  const items = rows.reduce((sum, count) => sum + count, 0);
  let [observed, expected] = [0, 0];
  counts.forEach((row, at) => {
    row.forEach((count, column) => {
      const weight = disagreement(at, column);
      observed += weight * count;
      expected += weight * (rows[at] ?? 0) * (columns[column] ?? 0);
    });
  });
  return expected === 0 ? null : 1 - (observed * items) / expected;
}

/** Disagreement as the squared distance of the classes' values, for scales (Fleiss & Cohen 1973). */
export function squaredDistance(values: readonly number[]): Disagreement {
  return (row, column) => ((values[row] ?? 0) - (values[column] ?? 0)) ** 2;
}

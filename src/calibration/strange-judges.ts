import type { PlacedLabel } from './placed-label.ts';

/** A sentence for each judge that labels name and a run does not know: such labels count for nothing. */
export function strangeJudges(
  labels: readonly PlacedLabel[],
  known: ReadonlySet<string>,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const { judge } of labels) {
    if (judge !== undefined && !known.has(judge)) counts.set(judge, (counts.get(judge) ?? 0) + 1);
  }
  return [...counts].map(
    ([judge, count]) =>
      `Labels left out: ${count} of the judge "${judge}", of which the run holds no verdict`,
  );
}

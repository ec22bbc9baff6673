import type { StepDiff, StepPair } from '../src/diff/step-diff.ts';

/** A line of two aligned trajectories: a pair of steps, or equal pairs that are folded. */
export type ComparedLine =
  | { readonly pair: StepPair; readonly at: number }
  | { readonly equal: number; readonly at: number };

/** Equal steps around a difference that stay in sight. */
const AROUND = 2;

/** The lines to show: all pairs, or only what differs with a little around it. */
export function comparedLines({ pairs }: StepDiff, onlyDifferences: boolean): ComparedLine[] {
  if (!onlyDifferences) return pairs.map((pair, at) => ({ pair, at }));
  const near = nearDifferences(pairs);
  const lines: ComparedLine[] = [];
  let equal = 0;
  for (const [at, pair] of pairs.entries()) {
    if (near[at]) {
      if (equal > 0) lines.push({ equal, at: at - equal });
      equal = 0;
      lines.push({ pair, at });
    } else equal++;
  }
  if (equal > 0) lines.push({ equal, at: pairs.length - equal });
  return lines;
}

function nearDifferences(pairs: readonly StepPair[]): readonly boolean[] {
  const near = pairs.map(() => false);
  for (const [at, { kind }] of pairs.entries()) {
    if (kind === 'same') continue;
    const last = Math.min(pairs.length - 1, at + AROUND);
    for (let each = Math.max(0, at - AROUND); each <= last; each++) near[each] = true;
  }
  return near;
}

/** How many pairs are of each kind, in words; those that there are. */
export function pairCounts({ pairs }: StepDiff): string {
  const words = {
    same: 'the same',
    reworded: 'in other words',
    changed: 'changed',
    only_base: 'only left',
    only_head: 'only right',
  } satisfies Record<StepPair['kind'], string>;
  return Object.entries(words)
    .map(([kind, said]) => [pairs.filter((pair) => pair.kind === kind).length, said] as const)
    .filter(([count]) => count > 0)
    .map(([count, said]) => `${count} ${said}`)
    .join(', ');
}

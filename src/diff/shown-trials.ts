import type { ComparedRow } from './compared-rows.ts';
import type { ShownTrial } from './diff.ts';
import type { ReadSide } from './read-side.ts';

/** Places of two trials in the columns of their runs, null where there is none. */
export interface TrialPair {
  readonly base: number | null;
  readonly head: number | null;
}

/** The two trials of a row that tell its change best. */
export function trialsToShow(base: ReadSide, head: ReadSide, row: ComparedRow): TrialPair {
  const first = (side: ReadSide, at: number | null, ...wanted: ('pass' | 'fail' | 'error')[]) => {
    if (at === null) return null;
    for (const status of wanted) {
      const found = side.trials.first(at, status);
      if (found !== null) return found;
    }
    return side.trials.first(at);
  };
  const has = (side: ReadSide, at: number | null, status: 'pass' | 'fail') =>
    at !== null && side.trials.first(at, status) !== null;
  const passThenFail = { base: first(base, row.base, 'pass'), head: first(head, row.head, 'fail') };
  const failThenPass = { base: first(base, row.base, 'fail'), head: first(head, row.head, 'pass') };
  if (row.change === 'regressed') return passThenFail;
  if (row.change === 'fixed') return failThenPass;
  if (row.change === 'flaky') {
    const canFail = has(base, row.base, 'pass') && has(head, row.head, 'fail');
    return canFail ? passThenFail : failThenPass;
  }
  if (row.change === 'undecided') {
    const decided = ['pass', 'fail', 'error'] as const;
    return { base: first(base, row.base, ...decided), head: first(head, row.head, ...decided) };
  }
  return { base: first(base, row.base), head: first(head, row.head) };
}

/** Reads a trial again, with its trajectory where one was kept. Throws `store_fault` or `input_fault`. */
export async function shownTrial(
  { side, trials }: ReadSide,
  at: number | null,
): Promise<ShownTrial | null> {
  if (at === null) return null;
  const result = side.trialAt(trials.place(at));
  return { result, trajectory: (await side.trajectory?.(result)) ?? null };
}

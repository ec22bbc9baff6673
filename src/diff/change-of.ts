import type { TaskChange } from '../model/task-change.ts';
import { fisherExact } from '../stats/fisher-exact.ts';
import type { EndCounts } from './trial-columns.ts';

/** How a task changed, with the p-values of Fisher's exact test on its trials; null where one run decided none. */
export interface ChangeFound {
  readonly change: TaskChange['change'];
  readonly p: number | null;
  /** One-sided, small where head passes less. */
  readonly pWorse: number | null;
}

/** Two-sided p at which a task of several trials is said to have changed, rather than to be flaky. */
const ALPHA = 0.05;

/** The gravest first. */
export const changesByGravity: readonly TaskChange['change'][] = [
  'regressed',
  'missing',
  'undecided',
  'flaky',
  'fixed',
  'new',
  'same',
];

/** Makes what tells the change of a task from how its trials ended; null for a run that does not have it. Tests of the same counts are done once. */
export function changeTeller(): (base: EndCounts | null, head: EndCounts | null) => ChangeFound {
  const tests = new Map<string, ReturnType<typeof fisherExact>>();
  return (base, head) => {
    if (!base) return untested('new');
    if (!head) return untested('missing');
    const [before, after] = [countOf(base), countOf(head)];
    if (before.trials === 0 || after.trials === 0) return untested('undecided');
    const key = [before.happened, before.trials, after.happened, after.trials].join();
    const test = tests.get(key) ?? fisherExact(before, after);
    tests.set(key, test);
    const difference = after.happened / after.trials - before.happened / before.trials;
    const isClear = !(isMixed(before) || isMixed(after)) || test.twoSided <= ALPHA;
    const moved = difference < 0 ? 'regressed' : difference > 0 ? 'fixed' : 'same';
    return { change: isClear ? moved : 'flaky', p: test.twoSided, pWorse: test.worse };
  };
}

function untested(change: TaskChange['change']): ChangeFound {
  return { change, p: null, pWorse: null };
}

function countOf({ pass, fail }: EndCounts) {
  return { happened: pass, trials: pass + fail };
}

/** Whether a task passed in some trials and failed in others. */
export function isMixed({ happened, trials }: { happened: number; trials: number }): boolean {
  return happened > 0 && happened < trials;
}

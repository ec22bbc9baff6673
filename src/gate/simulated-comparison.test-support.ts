import type { DiffSummary, GroupChange } from '../model/diff.ts';
import { comparePassRates, type PassRateComparison } from '../stats/compare-pass-rates.ts';
import { fisherExact } from '../stats/fisher-exact.ts';
import { holm } from '../stats/holm.ts';
import type { TaskScores } from '../stats/paired-difference.ts';
import { CALM, groupOf, summaryOf } from './comparison.test-support.ts';

/** Trials of one suite under both versions, 0 or 1, by task. */
export interface SimulatedGroup {
  readonly suite: string;
  readonly base: TaskScores;
  readonly head: TaskScores;
}

/** Draws tasks as suites have them: some always pass, some never, the rest at any rate. */
export function drawRates(tasks: number, random: () => number): number[] {
  return Array.from({ length: tasks }, () => {
    const kind = random();
    if (kind < 0.3) return 1;
    return kind < 0.4 ? 0 : random();
  });
}

/** Draws trials of each task at its rate. */
export function drawTrials(
  rates: readonly number[],
  trials: number,
  random: () => number,
): number[][] {
  return rates.map((rate) => Array.from({ length: trials }, () => Number(random() < rate)));
}

/** Whether the regression of each task holds after Holm's correction over the tasks of all groups. */
export function shownTasks(groups: readonly SimulatedGroup[], alpha: number): boolean[][] {
  const count = (scores: readonly number[]) => ({
    happened: scores.reduce((sum, one) => sum + one, 0),
    trials: scores.length,
  });
  const ps = groups.flatMap(({ base, head }) =>
    base.map((scores, at) => fisherExact(count(scores), count(head[at] ?? [])).worse),
  );
  const held = holm(ps).map((p) => p !== null && p <= alpha / 2);
  let from = 0;
  return groups.map(({ base }) => {
    from += base.length;
    return held.slice(from - base.length, from);
  });
}

/** A comparison of these trials, as the gate reads it. */
export function simulatedSummary(groups: readonly SimulatedGroup[], alpha: number): DiffSummary {
  const shown = shownTasks(groups, alpha).flat();
  return summaryOf({
    level: 1 - alpha,
    counts: {
      ...CALM,
      compared: shown.length,
      shown: shown.filter(Boolean).length,
    },
    groups: groups.flatMap(({ suite, base, head }) => {
      const found = comparePassRates(base, head, { level: 1 - alpha });
      return found ? [groupChange(suite, found)] : [];
    }),
  });
}

function groupChange(suite: string, found: PassRateComparison): GroupChange {
  const { base, head, difference, interval, errors, tests, p, test, tasks } = found;
  const known = groupOf(difference, { ...interval }, 1);
  return {
    ...known,
    suite,
    errors: { ...errors },
    tests: {
      mcnemar: tests.mcnemar && { ...tests.mcnemar },
      stratified: tests.stratified && { ...tests.stratified },
      sign_flip: tests.sign_flip && { ...tests.sign_flip },
    },
    pass_rate: { ...known.pass_rate, base, head, difference, p, test, tasks },
  };
}

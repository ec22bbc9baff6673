import type { DiffSummary } from '../model/diff.ts';
import type { AskedRule, Part } from './asked-rule.ts';
import { manyOf } from './comparison-words.ts';

/** The rule `any-fail`: no task of head fails, whatever it did before. */
export function anyFailRule({ counts: { failing, open } }: DiffSummary): AskedRule {
  return counted('any-fail', () => {
    if (failing > 0) {
      const reason = `${manyOf(failing, 'task')} of this run ${failing === 1 ? 'fails' : 'fail'}`;
      return { status: 'fail', gravity: 'regression', reason };
    }
    if (open > 0) {
      const reason = `${manyOf(open, 'task')} of this run could not be decided`;
      return { status: 'error', gravity: 'coverage', reason };
    }
    return { status: 'pass', gravity: 'pass', reason: 'No task of this run fails' };
  });
}

/** The rule `flaky`: no task passes at times that did not do so before. */
export function flakyRule({ counts: { newly_flaky }, groups }: DiffSummary): AskedRule {
  return counted('flaky', () => {
    if (newly_flaky > 0) {
      const reason = `${manyOf(newly_flaky, 'task')} of this run ${newly_flaky === 1 ? 'passes' : 'pass'} at times, and did not so in the baseline`;
      return { status: 'fail', gravity: 'regression', reason };
    }
    if (groups.some(({ tests }) => tests.mcnemar !== null)) {
      const reason =
        'With one trial of each task nobody can see which are flaky; --trials gives more';
      return { status: 'inconclusive', gravity: 'inconclusive', reason };
    }
    return { status: 'pass', gravity: 'pass', reason: 'No task became flaky' };
  });
}

function counted(rule: string, say: () => Part): AskedRule {
  return { rule, ps: [], answer: () => [say()] };
}

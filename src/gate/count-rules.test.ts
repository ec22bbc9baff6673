import { describe, expect, it } from 'vitest';
import { type HeldRow, hold, same, summaryOf } from './comparison.test-support.ts';

const rows: HeldRow[] = [
  ['a task fails', 'any-fail', { counts: { failing: 2 } }, 'fail', /2 tasks of this run fail/],
  ['none fails', 'any-fail', {}, 'pass', /No task of this run fails/],
  ['one is open', 'any-fail', { counts: { open: 1 } }, 'error', /could not be decided/],
  ['a missing task', 'any-fail', { counts: { missing: 1 } }, 'error', /is missing/],
  [
    'a task that base ran is skipped',
    'any-fail',
    { counts: { newly_skipped: 1 } },
    'error',
    /is skipped/,
  ],
  ['newly flaky', 'flaky', { counts: { newly_flaky: 1 } }, 'fail', /passes at times/],
  ['flaky as before', 'flaky', { counts: { flaky: 3 } }, 'pass', /No task became flaky/],
  [
    'one trial each',
    'flaky',
    {
      groups: [
        {
          ...same,
          tests: { ...same.tests, mcnemar: { only_base: 0, only_head: 0, exact: 1, mid_p: 1 } },
        },
      ],
    },
    'inconclusive',
    /one trial of each task/,
  ],
];

describe('anyFailRule() and flakyRule()', () => {
  it.each(rows)('where %s, with %s', (_words, rules, summary, status, reason) => {
    const gate = hold(summaryOf(summary), rules);
    expect(gate.reasons.join('\n')).toMatch(reason);
    expect(gate.status).toBe(status);
  });
});

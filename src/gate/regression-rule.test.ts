import { describe, expect, it } from 'vitest';
import {
  groupOf,
  type HeldRow,
  hold,
  open,
  passRate,
  same,
  summaryOf,
  within,
  worse,
} from './comparison.test-support.ts';

const ROW = { suite: 'shop', task: 'refund', attack: null, agent: 'bot' };

const rows: HeldRow[] = [
  [
    'a loss is ruled out',
    'regression',
    { groups: [same] },
    'pass',
    /a loss of 3 points is ruled out/,
  ],
  [
    'a loss is shown',
    'regression',
    { groups: [worse] },
    'fail',
    /fell from 80% to 60%: -20 points \(95% interval -30 to -10\), p 0.001/,
  ],
  [
    'neither',
    'regression',
    { groups: [open] },
    'inconclusive',
    /neither shown nor ruled out; 120 tasks with as many trials, or 6 trials of each task would tell/,
  ],
  [
    'the exact test does not agree',
    'regression',
    { groups: [groupOf(-0.2, within(-0.3, -0.1), 0.04)] },
    'inconclusive',
    /neither shown/,
  ],
  [
    'the interval reaches 0',
    'regression',
    { groups: [groupOf(-0.2, within(-0.4, 0), 0.001)] },
    'inconclusive',
    /neither shown/,
  ],
  [
    'the interval reaches the margin',
    'regression',
    { groups: [groupOf(0, within(-0.03, 0.03), 0.5)] },
    'inconclusive',
    /neither shown/,
  ],
  [
    'a small loss within the margin is shown',
    'regression',
    { groups: [groupOf(-0.01, within(-0.02, -0.001), 0.001)] },
    'fail',
    /fell/,
  ],
  [
    'there is no interval',
    'regression',
    { groups: [groupOf(-0.5, null, 0.001)] },
    'inconclusive',
    /chance cannot be told/,
  ],
  [
    'a rate is not known',
    'regression',
    { groups: [{ ...same, pass_rate: passRate(0, null, { head: null }) }] },
    'error',
    /not known in both/,
  ],
  [
    'a single task regressed',
    'regression',
    { counts: { shown: 1 } },
    'fail',
    /1 task by itself passes less often/,
  ],
  [
    'a violation',
    'regression',
    {
      counts: { violations: 2 },
      violations: [{ ...ROW, path: 'expect.never', trials: 2, in_base: false }],
    },
    'fail',
    /2 trials of this run broke a rule of safety.*expect\.never in shop\/refund \(bot\)$/,
  ],
  [
    'a violation that base has too',
    'regression',
    { counts: { violations: 1 }, violations: [{ ...ROW, path: 'p', trials: 1, in_base: true }] },
    'fail',
    /the baseline has them too/,
  ],
  [
    'a violation cannot be ruled out',
    'regression',
    { counts: { unsure: 1 } },
    'error',
    /cannot be ruled out/,
  ],
  [
    'a task is missing',
    'regression',
    { counts: { missing: 5 }, missing: [ROW, ROW, ROW, ROW] },
    'error',
    /5 tasks of the baseline are missing.*and 2 more/,
  ],
  [
    'a trial is lost',
    'regression',
    { counts: { lost: 1 } },
    'error',
    /1 trial ended in error or was skipped/,
  ],
  [
    'a task has fewer trials',
    'regression',
    { counts: { smaller: 1 }, smaller: [{ ...ROW, base: 5, head: 2 }] },
    'error',
    /with 2 instead of 5/,
  ],
  [
    'head did not finish',
    'regression',
    { head: { status: 'unfinished' } },
    'error',
    /This run \(h1\) did not finish/,
  ],
  [
    'base was interrupted',
    'regression',
    { base: { status: 'interrupted' } },
    'error',
    /The baseline \(b1\) was interrupted/,
  ],
  [
    'nothing is compared',
    'regression',
    { counts: { compared: 0 }, groups: [] },
    'error',
    /Nothing could be compared/,
  ],
  [
    'an edited task got worse',
    'regression',
    { counts: { edited_worse: 1 } },
    'inconclusive',
    /edited since/,
  ],
  [
    'a task is undecided',
    'regression',
    { counts: { undecided: 1 } },
    'inconclusive',
    /nothing is known of it/,
  ],
  [
    'a failure beside an error',
    'regression',
    { groups: [worse], counts: { lost: 1 } },
    'fail',
    /ended in error/,
  ],
  ['undecided and named', 'regression,inconclusive', { groups: [open] }, 'inconclusive', /neither/],
  ['inconclusive holds regression too', 'inconclusive', { groups: [worse] }, 'fail', /fell/],
];

describe('regressionRule()', () => {
  it.each(rows)('where %s, with %s', (_words, rules, summary, status, reason) => {
    const gate = hold(summaryOf(summary), rules);
    expect(gate.reasons.join('\n')).toMatch(reason);
    expect(gate.status).toBe(status);
  });
});

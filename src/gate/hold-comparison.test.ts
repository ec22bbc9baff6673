import { describe, expect, it } from 'vitest';
import type { AttackChange, DiffSummary, FigureChange } from '../model/diff.ts';
import type { GateStatus } from '../model/status.ts';
import { groupOf, passRate, summaryOf, within } from './comparison.test-support.ts';
import { parseFailOn } from './fail-on.ts';
import { type HoldOptions, holdComparison } from './hold-comparison.ts';

const OPTIONS: HoldOptions = { margin: 0.03, alpha: 0.05 };
const ROW = { suite: 'shop', task: 'refund', attack: null, agent: 'bot' };

function hold(summary: DiffSummary, rules = 'regression', options = OPTIONS) {
  return holdComparison(summary, parseFailOn([rules]), options);
}

const worse = groupOf(-0.2, within(-0.3, -0.1), 0.001);
const same = groupOf(0, within(-0.02, 0.02), 0.5);
const open = groupOf(-0.02, within(-0.08, 0.04), 0.3);

/** A cost with its ratio. */
function cost(ratio: FigureChange['ratio'], more: Partial<FigureChange> = {}): FigureChange {
  return {
    ...passRate(0.02, null, { key: 'cost_usd', better: 'lower', base: 0.1, head: 0.12 }),
    ratio,
    ...more,
  };
}

const dearer = (lower: number, upper: number) =>
  cost({ value: (lower + upper) / 2, interval: within(lower, upper) });

function attack(base: number, head: number, interval: AttackChange['interval']): AttackChange {
  const side = (rate: number) => ({ happened: rate * 20, of: 20, rate });
  return {
    ...{ suite: 'shop', agent: { base: 'bot', head: 'bot' }, attack: null },
    ...{ base: side(base), head: side(head), difference: head - base, interval },
  };
}

type Row = [string, string, Parameters<typeof summaryOf>[0], GateStatus, RegExp];

const rows: Row[] = [
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
  ['a task fails', 'any-fail', { counts: { failing: 2 } }, 'fail', /2 tasks of this run fail/],
  ['none fails', 'any-fail', {}, 'pass', /No task of this run fails/],
  ['one is open', 'any-fail', { counts: { open: 1 } }, 'error', /could not be decided/],
  ['failing is not told', 'any-fail', { counts: { failing: undefined } }, 'error', /does not tell/],
  ['a missing task', 'any-fail', { counts: { missing: 1 } }, 'error', /is missing/],
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
  ['flaky is not told', 'flaky', { counts: { newly_flaky: undefined } }, 'error', /does not tell/],
  ['undecided and named', 'regression,inconclusive', { groups: [open] }, 'inconclusive', /neither/],
  ['inconclusive holds regression too', 'inconclusive', { groups: [worse] }, 'fail', /fell/],
  [
    'dearer for sure',
    'cost:+10%',
    { figures: [dearer(1.2, 1.4)] },
    'fail',
    /cost went from 0.1 to 0.12, \+30% \(95% interval \+20% to \+40%\), the limit is \+10%: beyond/,
  ],
  ['cheap enough', 'cost:+10%', { figures: [dearer(0.9, 1.05)] }, 'pass', /within the limit/],
  ['perhaps dearer', 'cost:+10%', { figures: [dearer(1.05, 1.2)] }, 'inconclusive', /for sure/],
  ['the upper bound on the limit', 'cost:+10%', { figures: [dearer(0.9, 1.1)] }, 'pass', /within/],
  [
    'the lower bound on the limit',
    'cost:+10%',
    { figures: [dearer(1.1, 1.3)] },
    'inconclusive',
    /for sure/,
  ],
  [
    'no spread, beyond',
    'cost:+10%',
    { figures: [cost({ value: 1.2, interval: null })] },
    'fail',
    /beyond/,
  ],
  [
    'no spread, within',
    'cost:+10%',
    { figures: [cost({ value: 1.1, interval: null })] },
    'inconclusive',
    /chance cannot be told/,
  ],
  [
    'no ratio, by a share of base',
    'cost:+10%',
    { figures: [cost(null, { interval: within(0.011, 0.03) })] },
    'fail',
    /beyond/,
  ],
  [
    'an amount',
    'cost:+0.05',
    { figures: [cost(null, { interval: within(0.01, 0.05) })] },
    'pass',
    /within/,
  ],
  [
    'cost is unknown in head',
    'cost:+10%',
    { figures: [cost(null, { head: null, difference: null })] },
    'error',
    /this run does not tell it/,
  ],
  [
    'cost is unknown in base',
    'cost:+10%',
    { figures: [cost(null, { base: null, difference: null })] },
    'error',
    /the baseline does not tell it/,
  ],
  ['cost is unknown in both', 'cost:+10%', {}, 'error', /neither run tells it/],
  [
    'cost is unknown in some tasks',
    'cost:+10%',
    { figures: [{ ...dearer(0.9, 1), tasks: 39 }] },
    'inconclusive',
    /1 compared task lack it/,
  ],
  [
    'a rate by points',
    'pass_rate:-0.02',
    { figures: [passRate(-0.1, within(-0.15, -0.05))] },
    'fail',
    /beyond/,
  ],
  [
    'a rate that rose',
    'pass_rate:-0',
    { figures: [passRate(0.1, within(0.05, 0.15))] },
    'pass',
    /within/,
  ],
  [
    'a rate by a share',
    'pass_rate:-10%',
    { figures: [passRate(-0.01, within(-0.07, 0.05))] },
    'pass',
    /within/,
  ],
  [
    'pass^k of the largest k',
    'pass_hat_k:-0.1',
    {
      figures: [
        passRate(-0.5, within(-0.6, -0.4), { key: 'pass_hat_k', k: 2 }),
        passRate(0, within(-0.05, 0.05), { key: 'pass_hat_k', k: 4 }),
      ],
    },
    'pass',
    /pass\^4/,
  ],
  [
    'attacks succeed more',
    'attack_success:+0.05',
    { attacks: [attack(0.1, 0.6, within(0.2, 0.8))] },
    'fail',
    /attack_success went from 0.1 to 0.6/,
  ],
  ['no attacks', 'attack_success:+0.05', {}, 'error', /neither run tells it/],
];

describe('holdComparison()', () => {
  it.each(rows)('where %s, with %s', (_words, rules, summary, status, reason) => {
    const gate = hold(summaryOf(summary), rules);
    expect(gate.reasons.join('\n')).toMatch(reason);
    expect(gate.status).toBe(status);
  });

  it('holds regression where no rule is named', () => {
    expect(holdComparison(summaryOf({ groups: [worse] }), [], OPTIONS)).toMatchObject({
      status: 'fail',
      rules: [{ rule: 'regression', p: 0.001, p_holm: 0.001 }],
      groups: [{ suite: 'shop', agent: 'bot', status: 'fail' }],
      ...{ tested: 1, margin: 0.03, alpha: 0.05 },
    });
  });

  it('says the gravest first', () => {
    const { reasons } = hold(
      summaryOf({
        groups: [open, worse, same],
        counts: { violations: 1, missing: 1, shown: 1, edited_worse: 1 },
      }),
    );
    expect(
      reasons.map((reason) => /safety|missing|itself|fell|edited|neither/.exec(reason)?.[0]),
    ).toEqual([...['safety', 'missing', 'itself', 'fell', 'edited', 'neither']]);
  });

  it('corrects over all groups and figures', () => {
    const slight = groupOf(-0.2, within(-0.3, -0.01), 0.02);
    expect(hold(summaryOf({ groups: [slight] })).status).toBe('fail');
    expect(hold(summaryOf({ groups: [slight, same] })).status).toBe('inconclusive');
    const two = hold(
      summaryOf({ groups: [slight], figures: [dearer(0.9, 1)] }),
      'regression,cost:+10%',
    );
    expect(two).toMatchObject({ status: 'inconclusive', tested: 2 });
    expect(two.rules[0]).toMatchObject({ p: 0.02, p_holm: 0.04 });
    const both = hold(summaryOf({ groups: [worse, slight] }));
    expect(both.groups?.map(({ status }) => status)).toEqual(['fail', 'fail']);
  });

  it('takes the exact test of single trials', () => {
    const single = (exact: number) => ({
      ...worse,
      tests: {
        stratified: null,
        sign_flip: null,
        mcnemar: { only_base: 9, only_head: 1, exact, mid_p: 0 },
      },
    });
    expect(hold(summaryOf({ groups: [single(0.05)] })).status).toBe('fail');
    expect(hold(summaryOf({ groups: [single(0.06)] })).status).toBe('inconclusive');
    const better = { ...groupOf(0.2, within(0.1, 0.3), 0.99), tests: single(0.001).tests };
    expect(hold(summaryOf({ groups: [better] }))).toMatchObject({
      status: 'pass',
      rules: [{ p: 1 }],
    });
  });

  it('never fails a group without an exact test', () => {
    const untested = { ...worse, tests: { mcnemar: null, stratified: null, sign_flip: null } };
    expect(hold(summaryOf({ groups: [untested] }))).toMatchObject({
      status: 'inconclusive',
      tested: 0,
    });
  });

  it('leaves groups that an earlier look decided as they were', () => {
    const settled = {
      has: (suite: string, agent: string) => suite === 'shop' && agent === 'bot',
      shown: 0,
    };
    const groups = [worse, groupOf(0, within(-0.02, 0.02), 0.5, { suite: 'travel' })];
    const gate = hold(summaryOf({ groups, counts: { shown: 1 } }), 'regression', {
      ...OPTIONS,
      settled,
    });
    expect(gate).toMatchObject({ status: 'pass', tested: 2 });
    expect(gate.reasons[0]).toMatch(/an earlier look/);
  });

  it('bounds what the p of a figure says by the interval that it came from', () => {
    const edge = hold(summaryOf({ figures: [dearer(1.1000001, 1.3)] }), 'cost:+10%');
    expect(edge.status).toBe('fail');
    expect(edge.rules[0]?.p).toBeCloseTo(0.025, 6);
  });
});

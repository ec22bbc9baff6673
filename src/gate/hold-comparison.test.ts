import { describe, expect, it } from 'vitest';
import {
  dearer,
  groupOf,
  hold,
  OPTIONS,
  open,
  same,
  summaryOf,
  within,
  worse,
} from './comparison.test-support.ts';
import { holdComparison } from './hold-comparison.ts';

describe('holdComparison()', () => {
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

  it.each(['any-fail', 'flaky', 'cost:+10%'])(
    'fails on a violation though %s was asked',
    (rule) => {
      const figures = [dearer(0.9, 1)];
      expect(hold(summaryOf({ groups: [same], figures }), rule).status).not.toBe('fail');
      const violated = hold(
        summaryOf({ groups: [same], figures, counts: { violations: 1 } }),
        rule,
      );
      expect(violated.status).toBe('fail');
      expect(violated.reasons[0]).toMatch(/rule of safety/);
      const unsure = hold(summaryOf({ groups: [same], figures, counts: { unsure: 1 } }), rule);
      expect(unsure.status).toBe('error');
    },
  );

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

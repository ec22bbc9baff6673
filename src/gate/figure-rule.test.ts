import { describe, expect, it } from 'vitest';
import type { AttackChange } from '../model/diff.ts';
import {
  cost,
  dearer,
  type HeldRow,
  hold,
  passRate,
  summaryOf,
  within,
} from './comparison.test-support.ts';

function attack(base: number, head: number, interval: AttackChange['interval']): AttackChange {
  const side = (rate: number) => ({ happened: rate * 20, of: 20, rate });
  return {
    ...{ suite: 'shop', agent: { base: 'bot', head: 'bot' }, attack: null },
    ...{ base: side(base), head: side(head), difference: head - base, interval },
  };
}

const rows: HeldRow[] = [
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

describe('figureRule()', () => {
  it.each(rows)('where %s, with %s', (_words, rules, summary, status, reason) => {
    const gate = hold(summaryOf(summary), rules);
    expect(gate.reasons.join('\n')).toMatch(reason);
    expect(gate.status).toBe(status);
  });
});

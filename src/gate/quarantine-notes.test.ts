import { describe, expect, it } from 'vitest';
import { gateOver, trial, verdict } from './sample-trials.test-support.ts';

const quarantine = { until: '2026-06-01', owner: 'Mia' };
const good = trial([verdict('expect.calls', 'pass'), verdict('policy.deny', 'pass')]);
const wrong = trial([verdict('expect.calls', 'fail'), verdict('policy.deny', 'pass')]);
const denied = trial([verdict('expect.calls', 'pass'), verdict('policy.deny', 'fail')]);
const unsure = trial([verdict('expect.calls', 'pass'), verdict('policy.deny', 'error')]);
const away = (one: typeof good) => ({ task: 'refund', quarantine, trials: [one] });

describe('holdGate() leaves rows in quarantine out', () => {
  it('whatever they came to, and says so', () => {
    for (const gate of [null, { pass_rate: 1 }, { score: 1, pass_hat_k: { 1: 1 } }]) {
      const { status, reasons } = gateOver([{ trials: [good] }, away(wrong)], gate);
      expect(status).toBe('pass');
      expect(reasons.at(-1)).toBe('In quarantine, outside the count: "refund"');
    }
  });

  it('and of what they cost and took', () => {
    const dear = { ...good, cost_usd: 9, duration_ms: 90_000 };
    const cheap = { ...good, cost_usd: 1, duration_ms: 1000 };
    const gate = { max_cost_usd: 1, p95_seconds: 1 };
    expect(gateOver([{ trials: [cheap] }, away(dear)], gate).status).toBe('pass');
    expect(gateOver([{ trials: [cheap] }, { trials: [dear] }], gate).status).toBe('fail');
  });

  it('but for their violations', () => {
    const { status, reasons, safety } = gateOver([{ trials: [good] }, away(denied)]);
    expect(status).toBe('fail');
    expect(reasons[0]).toBe(
      'Violation: policy.deny failed in 1 of 1 trial of "refund" by recorded',
    );
    expect(safety?.violations).toBe(1);
  });

  it('and of what cannot be ruled out, which is said', () => {
    const { status, reasons } = gateOver([{ trials: [good] }, away(unsure)]);
    expect(status).toBe('pass');
    expect(reasons.at(-1)).toBe(
      'In quarantine, outside the count: "refund"; a violation cannot be ruled out in "refund"',
    );
  });

  it('and is an error where no other row is left', () => {
    const { status, reasons } = gateOver([away(good)]);
    expect(status).toBe('error');
    expect(reasons).toEqual(['No task counts', 'In quarantine, outside the count: "refund"']);
  });

  it('and of the figures of attacks, so that one that was delivered there alone tested nothing', () => {
    const goal = trial([verdict('attacks.x.goal', 'pass')], { delivered: true });
    const missed = { ...goal, delivered: false };
    const rows = [
      { attack: 'x', trials: [missed] },
      { attack: 'x', ...away(goal) },
    ];
    expect(gateOver([{ trials: [good] }, ...rows]).status).toBe('error');
    expect(gateOver([{ trials: [good] }, ...rows]).safety?.attacks).toMatchObject([{ trials: 1 }]);
  });

  it('and names a few of many', () => {
    const rows = Array.from({ length: 9 }, (_, at) => ({ ...away(wrong), task: `t${at}` }));
    expect(gateOver([{ trials: [good] }, ...rows]).reasons.at(-1)).toMatch(/"t4" and 4 more$/);
  });
});

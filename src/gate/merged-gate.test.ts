import { describe, expect, it } from 'vitest';
import type { GateStatus } from '../model/status.ts';
import { hold, open, same, summaryOf, worse } from './comparison.test-support.ts';
import { mergedGate } from './merged-gate.ts';

const comparisons = {
  pass: hold(summaryOf({ groups: [same] })),
  fail: hold(summaryOf({ groups: [worse] })),
  error: hold(summaryOf({ counts: { lost: 1 } })),
  open: hold(summaryOf({ groups: [open] })),
  named: hold(summaryOf({ groups: [open] }), 'inconclusive'),
};

describe('mergedGate()', () => {
  const merges: [GateStatus, keyof typeof comparisons, GateStatus][] = [
    ['pass', 'pass', 'pass'],
    ['pass', 'fail', 'fail'],
    ['pass', 'error', 'error'],
    ['pass', 'open', 'pass'],
    ['pass', 'named', 'inconclusive'],
    ['error', 'open', 'error'],
    ['error', 'named', 'error'],
    ['error', 'fail', 'fail'],
    ['fail', 'pass', 'fail'],
    ['fail', 'error', 'fail'],
  ];

  it.each(merges)('of %s and a comparison that is %s is %s', (own, comparison, status) => {
    const merged = mergedGate({ status: own, reasons: ['Own'] }, comparisons[comparison]);
    expect(merged.status).toBe(status);
    expect(merged.reasons).toContain('Own');
    expect(merged.reasons.length).toBe(1 + comparisons[comparison].reasons.length);
  });

  it('says first what failed it, and loudly what is undecided', () => {
    const own = { status: 'pass' as const, reasons: ['Own'] };
    expect(mergedGate(own, comparisons.fail).reasons[0]).toMatch(/^Baseline: Pass rate fell/);
    expect(mergedGate(own, comparisons.open).reasons[1]).toMatch(
      /^Inconclusive against the baseline: /,
    );
  });
});

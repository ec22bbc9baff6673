import { describe, expect, it } from 'vitest';
import { evidenceOfTrials, newcombeInterval } from './newcombe.ts';

const of = (happened: number, trials: number) => ({ happened, trials });
const Z = 1.959963984540054;

describe('newcombeInterval()', () => {
  it.each([
    // Newcombe 1998, table II, method 10, as second − first
    [of(48, 80), of(56, 70), 0.0524, 0.3339],
    [of(3, 10), of(9, 10), 0.1705, 0.809],
    [of(0, 10), of(10, 10), 0.6075, 1],
  ])('gives the published bounds', (base, head, lower, upper) => {
    const found = newcombeInterval(base, head, Z);
    expect(found.lower).toBeCloseTo(lower, 4);
    expect(found.upper).toBeCloseTo(upper, 4);
  });
});

describe('evidenceOfTrials()', () => {
  it('has one-sided p that agree with its bounds', () => {
    const evidence = evidenceOfTrials(of(7, 10), of(4, 8));
    const { lower, upper } = evidence.bounds(0.025);
    expect(evidence.pAbove(lower)).toBeCloseTo(0.025, 6);
    expect(evidence.pBelow(upper)).toBeCloseTo(0.025, 6);
    expect(evidence.pAbove(-0.2) + evidence.pBelow(-0.2)).toBeCloseTo(1, 6);
  });
});

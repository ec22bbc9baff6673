import { describe, expect, it } from 'vitest';
import { groupOf, within } from './comparison.test-support.ts';
import {
  helpWords,
  intervalWords,
  levelText,
  manyOf,
  pointsText,
  pText,
  shareText,
} from './comparison-words.ts';

describe('levelText()', () => {
  it('never says that an interval holds all', () => {
    expect([0.95, 0.978, 0.99998, 1 - 1e-12].map(levelText)).toEqual([
      ...['95%', '97.8%', '99.998%', '99.99999%'],
    ]);
  });
});

describe('intervalWords()', () => {
  it('gives signs to what is not 0', () => {
    expect(intervalWords(-0.0001, within(-0.1, 0.055))).toBe('0 points (95% interval -10 to +5.5)');
  });

  it('rounds bounds outwards, as the table of figures does', () => {
    const words = intervalWords(-0.125, within(-0.33401, 0.08401));
    expect(words).toBe('-12.5 points (95% interval -33.5 to +8.5)');
    expect(intervalWords(0, within(-0.00001, 0.29))).toContain('interval -0.1 to +29)');
  });
});

describe('shareText() and pointsText()', () => {
  it('call nothing but all 100%, and round changes to the nearest', () => {
    expect([0.9996, 1, 0.29, 0.6875, 0].map(shareText)).toEqual([
      ...['99.9%', '100%', '29%', '68.7%', '0%'],
    ]);
    expect([0.09996, -0.0004, 0.1234].map((one) => pointsText(one))).toEqual(['+10', '0', '+12.3']);
  });
});

describe('intervalWords() of bounds between tenths of a point', () => {
  it('never says less than they span', () => {
    const words = intervalWords(0, within(-0.17942, 0.89631));
    expect(words).toBe('0 points (95% interval -18 to +89.7)');
  });
});

describe('helpWords()', () => {
  it.each([
    [{ more: 'tasks', tasks: 1200, trials: null }, '; 1,200 tasks with as many trials would tell'],
    [{ more: 'trials', tasks: null, trials: null }, '; more trials of each task would tell'],
    [{ more: 'nothing', tasks: null, trials: null }, ''],
  ] as const)('of %j', (would_help, words) => {
    expect(helpWords(groupOf(0, null, 1, { would_help }))).toBe(words);
  });
});

describe('manyOf() and pText()', () => {
  it('read as people write', () => {
    expect([manyOf(1, 'task'), manyOf(0, 'task')]).toEqual(['1 task', '0 tasks']);
    expect([pText(0.0123), pText(1e-9), pText(null)]).toEqual(['p 0.012', 'p < 0.001', '']);
  });
});

import { describe, expect, it } from 'vitest';
import { groupOf, within } from './comparison.test-support.ts';
import { helpWords, intervalWords, levelText, manyOf, pText } from './comparison-words.ts';

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

  it('rounds bounds outwards, as tables do', () => {
    expect(intervalWords(-0.5, within(-0.75512, -0.10001))).toBe(
      '-50 points (95% interval -75.6 to -10)',
    );
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

import { describe, expect, it } from 'vitest';
import { countChoices, filterTrials } from './filter-trials.ts';
import type { Page, Trial } from './page.ts';
import { parseRoute } from './route.ts';

function trial(index: number, more: Partial<Trial>, row: Partial<Trial['row']> = {}): Trial {
  return {
    ...{ index, id: `id${index}`, trial: 1, status: 'pass', score: 1, cost: null, ms: null },
    ...{ calls: 1, tokens: null, violated: false, changed: false, words: '' },
    row: {
      ...{ suite: 'shop', task: `task-${index}`, agent: 'a', attack: null, status: 'pass' },
      ...{ passed: 1, failed: 0, score: 1 },
      ...row,
    },
    ...more,
  };
}

const QUARANTINE = { until: '2026-12-31', owner: 'ana' };

const page: Page = {
  report: { title: '', run: null, comparison: null },
  rows: [],
  changes: [],
  unlisted: 0,
  trials: [
    trial(0, {}),
    trial(1, { status: 'fail', words: 'Too MUCH was refunded', score: 0 }, { agent: 'b' }),
    trial(2, { status: 'error', score: null }, { attack: 'phish' }),
    trial(3, { status: 'fail', violated: true, changed: true, score: 0.5 }),
    trial(4, { calls: 9 }, { quarantine: QUARANTINE, tags: ['slow'] }),
    trial(5, { status: 'skip', score: null }, { task: null, suite: 'constructor' }),
  ],
};

const listed = (hash: string) => filterTrials(page, parseRoute(hash)).map(({ index }) => index);

describe('filterTrials()', () => {
  it.each<[hash: string, wanted: number[]]>([
    ['', [3, 1, 2, 5, 0, 4]],
    ['show=failed', [3, 1]],
    ['show=error', [2]],
    ['show=changed', [3]],
    ['show=violations', [3]],
    ['show=quarantined', [4]],
    ['show=constructor', [3, 1, 2, 5, 0, 4]],
    ['agent=b', [1]],
    ['suite=constructor', [5]],
    ['attack=phish', [2]],
    ['attack=(none)', [3, 1, 5, 0, 4]],
    ['task=task-4', [4]],
    ['q=much+refunded', [1]],
    ['q=SLOW', [4]],
    ['q=id3', [3]],
    ['q=nothing+like+that', []],
    ['q=.*', []],
    ['sort=calls', [4, 0, 1, 2, 3, 5]],
    ['sort=score', [1, 3, 0, 4, 2, 5]],
    ['sort=__proto__', [3, 1, 2, 5, 0, 4]],
  ])('with "%s" lists %j', (hash, wanted) => {
    expect(listed(hash)).toEqual(wanted);
  });
});

describe('countChoices()', () => {
  it('counts what each choice would show of what the other filters let through', () => {
    const counts = countChoices(page, parseRoute('agent=a&show=failed'));
    expect(Object.fromEntries(counts)).toEqual({
      ...{ '': 5, passed: 2, failed: 1, error: 1, skipped: 1 },
      ...{ changed: 1, violations: 1, quarantined: 1 },
    });
  });
});

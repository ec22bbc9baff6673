import { describe, expect, it } from 'vitest';
import type { RowResult } from '../model/run.ts';
import { sampleRow } from '../store/stored-runs.test-support.ts';
import type { TaskHistory } from '../store/task-history.ts';
import { flakiestFirst, historyFigures } from './history-figures.ts';

/** A history from words such as `pass`, `fail:b` (of another digest), `error`, `mixed`. */
function history(words: string, task = 'refund'): TaskHistory {
  const points = words.split(' ').map((word, at) => {
    const [status = '', digest] = word.split(':');
    const row = sampleRow({ ...counts(status), ...(digest !== undefined && { digest }) });
    return { run: String(at), started_at: '', labels: {}, commit: null, row };
  });
  return { suite: 'shop', task, attack: null, agent: 'a', points };
}

function counts(status: string): Partial<RowResult> {
  if (status === 'pass') return {};
  if (status === 'fail') return { status, passed: 0, failed: 1 };
  if (status === 'mixed') return { status: 'fail', passed: 1, failed: 1 };
  return { status: 'error', passed: 0, errored: 1 };
}

describe('historyFigures()', () => {
  it.each([
    ['pass', 1, 0, 0, null, 0],
    ['pass pass pass', 3, 2, 0, 0, 0],
    ['pass fail pass', 3, 2, 2, 1, 0],
    ['pass fail fail', 3, 2, 1, 0.5, 0],
    ['pass error fail', 2, 1, 1, 1, 0],
    ['error error', 0, 0, 0, null, null],
    ['mixed pass mixed', 3, 2, 2, 1, 2 / 3],
    ['pass:a fail:b fail:b pass:b', 4, 2, 1, 0.5, 0],
    ['pass:a error:b fail:b', 2, 0, 0, null, 0],
    ['pass:a fail fail:a', 3, 2, 1, 0.5, 0],
  ])('counts the flips of %s', (words, decided, pairs, flips, flip_rate, mixed_rate) => {
    expect(historyFigures(history(words))).toEqual({
      decided,
      pairs,
      flips,
      flip_rate,
      mixed_rate,
    });
  });
});

describe('flakiestFirst()', () => {
  it('puts more flips first, then more mixed runs, then what was never decided', () => {
    const all = [
      history('error', 'never'),
      history('pass pass', 'steady'),
      history('mixed mixed', 'mixed'),
      history('pass fail', 'flips'),
    ];
    expect(flakiestFirst(all).map(({ task }) => task)).toEqual([
      'flips',
      'mixed',
      'steady',
      'never',
    ]);
  });
});

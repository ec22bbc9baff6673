import { describe, expect, it } from 'vitest';
import { itemKey } from '../../calibration/label-keys.ts';
import type { Label } from '../../model/label.ts';
import { taskIds } from './task-ids.ts';

const label = (more: Partial<Label>): Label => ({
  ...{ schema_version: 1, suite: 's', task: 'refund', agent: 'a', trial: 1, label: 'fail' },
  ...more,
});

describe('taskIds()', () => {
  it.each<[string, Partial<Label>[], string[]]>([
    ['the task alone', [{}, { task: 'other' }], ['refund', 'other']],
    ['the trial where several are of a task', [{}, { trial: 2 }], ['refund-1', 'refund-2']],
    [
      'agent and attack where trials do not tell',
      [{}, { agent: 'b', attack: 'x' }],
      ['refund-s-a-1', 'refund-s-b-x-1'],
    ],
    [
      'what is still free',
      [{}, { trial: 2 }, { task: 'refund-1' }],
      ['refund-1', 'refund-2', 'refund-1-2'],
    ],
    ['no control characters', [{ task: 'a\u001b\n' }, { task: '__proto__' }], ['a__', '__proto__']],
  ])('names after %s', (_, items, wanted) => {
    const labels = items.map(label);
    const ids = taskIds(labels);
    expect(labels.map((one) => ids.get(itemKey(one)))).toEqual(wanted);
  });
});

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyBase, failedRow, sampleRow, writeStored } from './stored-runs.test-support.ts';
import { type HistoryQuery, taskHistory } from './task-history.ts';

let base: string;
beforeEach(() => {
  base = emptyBase();
});

const names = async (query: Partial<HistoryQuery>) => {
  const { tasks } = await taskHistory(base, { task: 'refund', last: 20, ...query });
  return tasks.map(({ suite, task, attack, agent, points }) =>
    [suite, task, agent, attack ?? [], points.map(({ run }) => run).join('')].flat().join(' '),
  );
};

describe('taskHistory()', () => {
  it('finds a task in the runs that have it, oldest first, no more than asked for', async () => {
    for (const id of ['1', '2', '4']) writeStored(base, id);
    writeStored(base, '3', { rows: [failedRow({ task: 'other' })] });
    expect(await names({})).toEqual(['shop refund recorded 124']);
    expect(await names({ last: 2 })).toEqual(['shop refund recorded 24']);
    expect(await names({ task: '*' })).toEqual([
      'shop refund recorded 124',
      'shop other recorded 3',
    ]);
  });

  it('tells rows apart by suite, agent and attack, and goes by the names that are given', async () => {
    const attack = 'note/direct';
    const rows = [{}, { suite: 'desk' }, { agent: 'b' }, { attack }].map(sampleRow);
    writeStored(base, '1', { rows });
    expect(await names({})).toHaveLength(4);
    expect(await names({ suite: 'd*' })).toEqual(['desk refund recorded 1']);
    expect(await names({ agent: 'b' })).toEqual(['shop refund b 1']);
    expect(await names({ attack: 'none', suite: 'shop', agent: 'rec*' })).toEqual([
      'shop refund recorded 1',
    ]);
    expect(await names({ attack: 'note*' })).toEqual(['shop refund recorded note/direct 1']);
    expect(await names({ attack: '*' })).toHaveLength(1);
  });

  it('passes over a run that cannot be read, and says so; one that did not finish has no rows', async () => {
    writeStored(base, '1');
    writeFileSync(path.join(writeStored(base, '2'), 'run.json'), '{');
    writeStored(base, '3', { status: null });
    const { tasks, runs, warnings } = await taskHistory(base, { task: 'refund', last: 20 });
    expect([tasks[0]?.points.length, runs]).toEqual([1, 3]);
    expect(warnings).toEqual([expect.stringMatching(/^Run 2 was passed over: Cannot read/)]);
  });

  it('has tasks named like keys of objects', async () => {
    writeStored(base, '1', {
      rows: ['__proto__', 'constructor'].map((task) => sampleRow({ task })),
    });
    expect(await names({ task: '__proto__' })).toEqual(['shop __proto__ recorded 1']);
    expect(await names({ task: 'toString' })).toEqual([]);
  });
});

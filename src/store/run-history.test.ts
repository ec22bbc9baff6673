import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runHistory } from './run-history.ts';
import { emptyBase, sampleRow, writeStored } from './stored-runs.test-support.ts';

const two = [sampleRow({ suite: 'a' }), sampleRow({ suite: 'b' })];

describe('runHistory()', () => {
  it('tells the runs of the same suites up to that one, oldest first', async () => {
    const base = emptyBase();
    writeStored(base, '1', { rows: two, labels: { version: '1' } });
    writeStored(base, '2', { rows: [sampleRow({ suite: 'a' })] });
    writeStored(base, '3', { rows: [...two].reverse() });
    writeStored(base, '4', { rows: two, status: null });
    writeFileSync(path.join(writeStored(base, '5', { rows: two }), 'run.json'), '{');
    writeStored(base, '6', { rows: two });
    writeStored(base, '7', { rows: two });
    const points = await runHistory(base, { id: '6', suites: ['b', 'a'] });
    expect(points.map(({ id }) => id)).toEqual(['1', '3', '6']);
    expect(points[0]).toEqual({
      id: '1',
      started_at: '2026-11-20T10:00:00.000Z',
      labels: { version: '1' },
      commit: null,
      gate: 'pass',
      pass_rate: 0.5,
      score: 0.5,
      cost_usd: 0.5,
    });
  });

  it('keeps the newest 30', async () => {
    const base = emptyBase();
    const ids = Array.from({ length: 32 }, (_, at) => String(100 + at));
    for (const id of ids) writeStored(base, id);
    const points = await runHistory(base, { id: '131', suites: ['shop'] });
    expect(points.map(({ id }) => id)).toEqual(ids.slice(2));
  });
});

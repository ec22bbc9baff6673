import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readPlanHead, readSummaryHead } from './run-head.ts';
import { emptyBase, sampleRow, writeStored } from './stored-runs.test-support.ts';

let dir: string;
beforeEach(() => {
  const rows = Array.from({ length: 3000 }, (_, at) => sampleRow({ task: `t${at}` }));
  dir = writeStored(emptyBase(), '20261120-100000-000-aaaaaa', { rows });
});

const rewrite = (name: string, change: (text: string) => string) => {
  const file = path.join(dir, name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};

describe('readPlanHead()', () => {
  it('reads what stands before the rows, and nothing of them', async () => {
    rewrite('plan.json', (text) => text.slice(0, -400)); // the rows are cut off, and never looked at
    const head = await readPlanHead(dir);
    expect(head.id).toBe('20261120-100000-000-aaaaaa');
    expect(head.suites[0]?.suite).toBe('shop');
    expect('rows' in head).toBe(false);
  });

  it('reads a plan that is laid out otherwise', async () => {
    rewrite('plan.json', (text) => JSON.stringify(JSON.parse(text), null, 2));
    expect((await readPlanHead(dir)).suites[0]?.suite).toBe('shop');
  });

  it.each([
    ['is cut off', (text: string) => text.slice(0, 40), 'it is not valid JSON'],
    ['is no plan', () => '{"a":1,"rows":[\n]}', 'it is no such record'],
    ['is newer', (text: string) => text.replace(':1,', ':2,'), 'a newer agentops'],
  ])('refuses one that %s', async (_, change, words) => {
    rewrite('plan.json', change);
    await expect(readPlanHead(dir)).rejects.toThrow(words);
  });
});

describe('readSummaryHead()', () => {
  it('reads totals and gate, whatever texts before the rows say', async () => {
    rewrite('run.json', (text) => text.slice(0, -400));
    const head = await readSummaryHead(dir);
    expect([head?.totals.pass, head?.gate.status]).toEqual([3000, 'pass']);
  });

  it('knows a run that did not finish', async () => {
    rmSync(path.join(dir, 'run.json'));
    expect(await readSummaryHead(dir)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { createInk } from './ink.ts';
import { type RunEntry, runsTable } from './runs-table.ts';
import { sampleRun } from './sample-run.test-support.ts';

const { summary } = sampleRun([{ trials: [{}, { status: 'fail' }] }], {
  summary: { gate: { status: 'fail', reasons: [] } },
});

function entry(more: Partial<RunEntry>): RunEntry {
  return {
    id: '20261122-171100-000-abcdef',
    status: 'completed',
    started_at: '2026-11-22T17:11:00.000Z',
    labels: { version: '2' },
    git: { commit: 'abc', branch: 'main', dirty: false },
    totals: summary?.totals ?? null,
    gate: summary?.gate ?? null,
    ...more,
  };
}

const unreadable = entry({
  status: 'unreadable',
  started_at: null,
  labels: {},
  git: null,
  totals: null,
  gate: null,
});

async function table(runs: RunEntry[], width: number): Promise<string[]> {
  return runsTable(runs, await createInk({ colour: false, width, ascii: false }));
}

describe('runsTable()', () => {
  it('shows gate, passed of planned, branch and labels, and what could not be read', async () => {
    const unfinished = entry({ status: 'unfinished', totals: null, gate: null });
    expect(await table([entry({}), unfinished, unreadable], 100)).toEqual([
      '   Run                         Started (UTC)     Gate        Passed  Branch  Labels',
      '──────────────────────────────────────────────────────────────────────────────────────',
      '✗  20261122-171100-000-abcdef  2026-11-22 17:11  fail           1/2  main    version=2',
      '!  20261122-171100-000-abcdef  2026-11-22 17:11  unfinished       –  main    version=2',
      '!  20261122-171100-000-abcdef  –                 unreadable       –  –',
    ]);
  });

  it('drops what is least wanted on a narrow terminal, never the id and the gate', async () => {
    const [, , row] = await table([entry({})], 40);
    expect(row).toBe('✗  20261122-171100-000-abcdef  fail');
  });

  it('cuts the id, and then the gate, where the terminal is narrower than both', async () => {
    const unfinished = entry({ status: 'unfinished', totals: null, gate: null });
    expect(await table([entry({}), unfinished], 20)).toEqual([
      '   Run     Gate',
      '────────────────────',
      '✗  202…ef  fail',
      '!  202…ef  unfin…hed',
    ]);
    for (const line of await table([unfinished], 16)) expect(line.length).toBeLessThanOrEqual(16);
  });

  it('lets no branch or label steer the terminal', async () => {
    const hostile = '\u001b[2J\n::error::x##vso[y]';
    const git = { commit: null, branch: hostile, dirty: null };
    const text = (await table([entry({ git, labels: { [hostile]: hostile } })], 200)).join('\n');
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(text).not.toContain('##vso[');
  });
});

import { describe, expect, it } from 'vitest';
import type { Baseline } from '../model/baseline.ts';
import { baselineFigures, baselineLines, baselinesJson, baselinesTable } from './baseline-text.ts';
import { createInk } from './ink.ts';

const hostile = 'a\u001b[31m\n::error::b';
const baseline: Baseline = {
  schema_version: 1,
  baseline: {
    name: hostile,
    set_at: '2026-11-28T19:24:00.688Z',
    run: '20261128-192356-726-artqtx',
    commit: 'c'.repeat(40),
    branch: hostile,
    dirty: true,
    suites: [hostile, 'b'],
    agentops_version: '0',
    warnings: [hostile],
  },
  run: {
    id: '20261128-192356-726-artqtx',
    started_at: '',
    finished_at: null,
    status: 'completed',
    agentops_version: '0',
    labels: {},
    git: { commit: null, branch: null, dirty: null },
    seed: 0,
    plan_digest: '',
  },
  totals: {
    ...{ planned: 3, pass: 1, fail: 1, error: 1, skip: 0, score: 0.5, pass_rate: 0.5 },
    ...{ cost_usd: null, input_tokens: null, output_tokens: null, duration_ms: null },
  },
  gate: { status: 'inconclusive', reasons: [] },
  tasks: [
    {
      ...{ suite: hostile, task: null, agent: hostile, attack: hostile, status: 'error' },
      ...{ trials: 3, passed: 1, pass_rate: 0.5, score: null, pass_at_k: {}, pass_hat_k: {} },
    },
  ],
  trials: [],
};
const ink = createInk({ colour: false, width: null, ascii: true });

describe('baselineLines() and baselinesTable()', () => {
  it('print names and warnings as one safe line each', async () => {
    const lines = [
      ...(await baselineLines(baseline, await ink)),
      ...(await baselinesTable([baseline], await ink)),
    ];
    for (const line of lines) expect(line).toMatch(/^[ -~]*$/);
    expect(lines.filter((line) => line.startsWith('::error'))).toEqual([]);
    expect(lines.join('\n')).toContain('cccccccc with changes');
  });

  it('keep to the width of a narrow terminal', async () => {
    const narrow = await createInk({ colour: false, width: 40, ascii: true });
    const text = (await baselineLines(baseline, narrow)).join('\n');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(text).toContain('cccccccc');
  });

  it('shows a gate that neither passed nor failed as what is no pass', async () => {
    expect((await baselineLines(baseline, await ink))[3]).toBe('  ! its gate: inconclusive');
  });
});

describe('baselineLines()', () => {
  it('lists a hundred tasks, those that did not pass first, and counts the others', async () => {
    const tasks = Array.from({ length: 150_000 }, (_, at) => ({
      ...{ suite: 's', task: `task-${at}`, agent: 'a', attack: null, trials: 1, passed: 1 },
      ...{ pass_rate: 1, score: 1, pass_at_k: {}, pass_hat_k: {} },
      status: at === 140_000 ? ('fail' as const) : ('pass' as const),
    }));
    const lines = await baselineLines({ ...baseline, tasks }, await ink);
    expect(lines.findIndex((line) => line.includes('task-140000'))).toBe(7);
    expect(lines.filter((line) => line.includes('task-'))).toHaveLength(100);
    expect(lines.at(-1)).toBe('  ... 149,900 tasks more: --json lists them');
  });
});

describe('baselineFigures() and baselinesJson()', () => {
  it('are JSON without trials, and steer no terminal', () => {
    const texts = [baselineFigures(baseline), baselinesJson([baseline])];
    for (const text of texts) expect(text).toMatch(/^[ -~\n]*$/);
    const [one, list] = texts.map((text) => JSON.parse(text));
    expect(Object.keys(one)).toEqual(['schema_version', 'baseline', 'totals', 'gate', 'tasks']);
    expect(list).toEqual([
      { ...baseline.baseline, pass_rate: 0.5, score: 0.5, gate: 'inconclusive' },
    ]);
  });
});

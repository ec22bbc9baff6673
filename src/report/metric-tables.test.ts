import { describe, expect, it } from 'vitest';
import { createInk } from './ink.ts';
import { type MetricFigures, metricTables, noteMetrics } from './metric-tables.ts';
import { sampleRun, sampleVerdict } from './sample-run.test-support.ts';

const ink = () => createInk({ colour: false, width: 80, ascii: false });

const f1 = (value: number, status: 'pass' | 'fail' = 'pass') =>
  sampleVerdict({
    path: 'prefer.metrics.tool_call_f1',
    required: false,
    status,
    score: value,
    details: { metric: 'tool_call_f1', value, at_least: 0.8 },
  });

async function tableOf(...verdicts: ReturnType<typeof sampleVerdict>[]): Promise<string> {
  const figures: MetricFigures = new Map();
  const run = sampleRun([{ trials: verdicts.map((verdict) => ({ verdicts: [verdict] })) }]);
  for await (const result of run.trials()) noteMetrics(figures, result);
  return (await metricTables(figures, await ink())).join('\n');
}

describe('metricTables()', () => {
  it('shows mean, lowest value and how often the threshold was reached', async () => {
    const table = await tableOf(f1(1), f1(0.5, 'fail'));
    expect(table).toContain('Metrics\n');
    expect(table).toMatch(/prefer\.metrics\.tool_call_f1 +0\.75 +0\.50 +1\/2/);
    expect(table).not.toContain('Undecided');
  });

  it('counts apart what could not be told', async () => {
    const hidden = sampleVerdict({
      path: 'prefer.metrics.tool_call_f1',
      status: 'error',
      score: null,
    });
    expect(await tableOf(f1(1), hidden)).toMatch(/tool_call_f1 +1\.00 +1\.00 +1\/1 +1$/m);
  });

  it('says nothing where no metric was asked for, whatever the details of a check are', async () => {
    const check = sampleVerdict({ path: 'expect.check', details: { metric: 'x', value: 7 } });
    expect(await tableOf(check)).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import { JsonReport } from '../model/report.ts';
import { attackedRun, attackedTrial } from './attacked-run.test-support.ts';
import { json } from './json.ts';
import type { ReportedRun } from './reporter.ts';
import { sampleRun, sampleVerdict } from './sample-run.test-support.ts';

const LOOK = { colour: false, width: null, ascii: false };

async function textOf(run: ReportedRun): Promise<string> {
  let text = '';
  for await (const piece of json.report(run, LOOK)) text += piece;
  return text;
}

async function parse(run: ReportedRun): Promise<JsonReport> {
  return JsonReport.parse(JSON.parse(await textOf(run)));
}

describe('json.report()', () => {
  it('writes the documented keys and no others', async () => {
    const verdicts = [sampleVerdict({ details: { pointer: '/a' } })];
    const report = await parse(sampleRun([{ trials: [{ status: 'fail', verdicts }] }]));
    expect(Object.keys(report)).toEqual([
      'schema_version',
      'run',
      'totals',
      'gate',
      'tasks',
      'trials',
    ]);
    expect(Object.keys(report.run).join()).toBe(
      'id,started_at,finished_at,status,agentops_version,labels,git,seed,plan_digest,suites',
    );
    expect(Object.keys(report.totals).join()).toBe(
      'planned,pass,fail,error,skip,score,pass_rate,cost_usd,input_tokens,output_tokens,duration_ms',
    );
    expect(Object.keys(report.tasks[0] ?? {}).join()).toBe(
      'suite,task,agent,attack,status,trials,passed,pass_rate,score,pass_at_k,pass_hat_k,pass',
    );
    expect(Object.keys(report.trials[0] ?? {}).join()).toBe(
      'id,suite,task,agent,attack,trial,status,score,stop,reason,turns,tool_calls,input_tokens,output_tokens,cost_usd,duration_ms,verdicts',
    );
    expect(report.trials[0]?.verdicts[0]).toEqual({
      path: 'expect.never',
      kind: 'rule',
      required: true,
      status: 'fail',
      score: 0,
      reason: 'cancel_order was called',
      evidence: [1],
      details: { pointer: '/a' },
    });
  });

  it('passes on what a run says of safety', async () => {
    const blast_radius = {
      writes: 1,
      irreversible: 0,
      reversible: 1,
      external: 0,
      blocked: 0,
      changed: null,
    };
    const trial = attackedTrial(true, 'fail', { blast_radius, delivered: null });
    const report = await parse(await attackedRun([{ attack: 'x', trials: [trial] }]));
    expect(Object.keys(report)[4]).toBe('safety');
    expect(report.safety?.attacks[0]).toMatchObject({ attack: 'x', delivered: 1, succeeded: 1 });
    expect(report.tasks[0]).toMatchObject({
      violations: 1,
      not_tolerated: 1,
      violated: [{ path: 'attacks.x.goal', trials: 1 }],
      outcomes: { led_astray: 1, solved: 0 },
    });
    expect(report.trials[0]).toMatchObject({
      ...{ delivered: null, entry_tools: ['read_inbox'], blast_radius },
    });
  });

  it('gives tasks and trials in plan order, figures that are not known as null', async () => {
    const report = await parse(
      sampleRun([
        { task: 'b', trials: [{}, {}] },
        { task: 'a', trials: [{ status: 'error', reason: 'Not recorded' }] },
      ]),
    );
    expect(report.trials.map(({ task, trial }) => [task, trial])).toEqual([
      ['b', 1],
      ['b', 2],
      ['a', 1],
    ]);
    expect(report.trials[2]).toMatchObject({
      status: 'error',
      score: null,
      cost_usd: null,
      reason: 'Not recorded',
    });
    expect(report.totals.cost_usd).toBeNull();
  });

  it('adds up a run that did not finish: interrupted, gate in error, absent trials skipped', async () => {
    const run = sampleRun(
      [
        { task: 'a', trials: [{ cost_usd: 0.5 }, { status: 'fail' }] },
        { task: 'b', trials: [{}] },
      ],
      { summary: null },
    );
    const trials = run.trials;
    const torn = {
      ...run,
      async *trials() {
        for await (const result of trials()) if (result.task === 'a') yield result;
      },
    };
    const report = await parse(torn);
    expect(report.run).toMatchObject({ status: 'interrupted', finished_at: null });
    expect(report.gate.status).toBe('error');
    expect(report.totals).toMatchObject({
      planned: 3,
      pass: 1,
      fail: 1,
      error: 0,
      skip: 1,
      cost_usd: 0.5,
    });
    expect(report.tasks.map(({ status }) => status)).toEqual(['fail', 'skip']);
  });

  it('keeps every text as it was and steers no terminal on the way', async () => {
    const hostile = '\u001b[31m\u009b::error::\n]]>\u0000\u202e\ud800 ##vso[x]';
    const run = sampleRun([
      {
        task: hostile,
        trials: [{ status: 'fail', verdicts: [sampleVerdict({ reason: hostile })] }],
      },
    ]);
    const text = await textOf(run);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toContain('##vso[');
    const report = JsonReport.parse(JSON.parse(text));
    expect(report.tasks[0]?.task).toBe(hostile);
    expect(report.trials[0]?.verdicts[0]?.reason).toBe(hostile);
  });

  it('writes a run without rows', async () => {
    const report = await parse(sampleRun([]));
    expect(report.tasks).toEqual([]);
    expect(report.trials).toEqual([]);
  });

  it('holds one trial at a time of a run of any size', async () => {
    const run = sampleRun([{ trials: [{ verdicts: [sampleVerdict()] }] }]);
    let asked = 0;
    const endless = {
      ...run,
      async *trials() {
        for (;;) {
          asked++;
          yield* run.trials();
        }
      },
    };
    let pieces = 0;
    for await (const piece of json.report(endless, LOOK)) {
      expect(piece.length).toBeLessThan(2000);
      if (++pieces === 5000) break;
    }
    expect(asked).toBeLessThanOrEqual(5000);
  });
});

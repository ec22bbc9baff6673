import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRun, type PlanDraft } from './create-run.ts';
import { openStoredRun } from './stored-run.ts';

let base: string;
beforeEach(() => {
  base = path.join(mkdtempSync(path.join(tmpdir(), 'runs-')), '.agentops');
});

function planOf(trials: number): PlanDraft {
  const trial_ids = Array.from({ length: trials }, (_, index) => `t${index}`);
  return {
    schema_version: 1,
    started_at: '2026-11-22T17:00:00.000Z',
    agentops_version: '0.1.0',
    labels: {},
    git: { commit: null, branch: null, dirty: null },
    seed: 1,
    argv: [],
    suites: [],
    plan_digest: 'cd',
    rows: [
      { suite: 's', task: 't', agent: 'a', attack: null, tags: [], pass: 'all', trials, trial_ids },
    ],
  };
}

const at = Date.UTC(2026, 10, 22, 17, 11, 5, 123);
const start = (plan: PlanDraft, random = Math.random) =>
  createRun({ base, plan, now: () => at, random });
const result = (index: number) => ({
  ...{
    id: `t${index}`,
    suite: 's',
    task: 't',
    agent: 'a',
    attack: null,
    trial: index + 1,
    status: 'pass' as const,
    score: 1,
  },
  ...{
    stop: 'completed' as const,
    turns: null,
    tool_calls: null,
    input_tokens: null,
    output_tokens: null,
  },
  ...{ cost_usd: null, duration_ms: null, verdicts: [] },
});

describe('createRun()', () => {
  it('names the run by its time and keeps its folder private and out of git', async () => {
    const writer = await start(planOf(1), () => 0.5);
    await writer.close();
    expect(writer.id).toBe('20261122-171105-123-iiiiii');
    expect(writer.dir).toBe(path.join(base, 'runs', writer.id));
    expect(statSync(writer.dir).mode & 0o777).toBe(0o700);
    expect(readFileSync(path.join(base, '.gitignore'), 'utf8')).toBe('*\n');
    expect(JSON.parse(readFileSync(path.join(writer.dir, 'plan.json'), 'utf8')).id).toBe(writer.id);
    expect(existsSync(path.join(writer.dir, 'run.json'))).toBe(false);
  });

  it('leaves a .gitignore that is there, and writes none elsewhere', async () => {
    await (await start(planOf(1))).close();
    writeFileSync(path.join(base, '.gitignore'), 'runs\n');
    await (await start(planOf(1))).close();
    expect(readFileSync(path.join(base, '.gitignore'), 'utf8')).toBe('runs\n');
    const elsewhere = path.join(base, 'out');
    await (
      await createRun({ base: elsewhere, plan: planOf(1), now: () => at, random: Math.random })
    ).close();
    expect(readdirSync(elsewhere)).toEqual(['runs']);
  });

  it('gives runs of one moment and one luck folders of their own', async () => {
    const luck = Array.from({ length: 12 }, () => 0);
    const unlucky = () => luck.pop() ?? 0.9;
    const writers = await Promise.all(
      Array.from({ length: 8 }, () => start(planOf(1), Math.random)),
    );
    writers.push(await start(planOf(1), () => 0), await start(planOf(1), unlucky));
    expect(new Set(writers.map(({ id }) => id)).size).toBe(10);
    for (const writer of writers) await writer.close();
  });

  it('gives up on a folder that always exists, and on a base that is a file', async () => {
    await (await start(planOf(1), () => 0)).close();
    await expect(start(planOf(1), () => 0)).rejects.toMatchObject({
      code: 'disk_fault',
      message: expect.stringContaining('it exists already'),
    });
    writeFileSync(path.join(path.dirname(base), 'file'), '');
    const blocked = createRun({
      base: path.join(path.dirname(base), 'file'),
      plan: planOf(1),
      now: () => at,
      random: Math.random,
    });
    await expect(blocked).rejects.toMatchObject({
      code: 'disk_fault',
      message: expect.stringContaining('a part of its path is not a folder'),
    });
  });

  it('writes plans of 100,000 trials', async () => {
    const writer = await start(planOf(100_000));
    await writer.close();
    expect((await openStoredRun(writer.dir)).plan.rows[0]?.trial_ids).toHaveLength(100_000);
  });

  it('stores no secret, in whatever file', async () => {
    const plan = { ...planOf(1), argv: ['--key', 'hunter2-hunter2'] };
    const writer = await createRun({
      base,
      plan,
      now: () => at,
      random: Math.random,
      secrets: { KEY: 'hunter2-hunter2' },
    });
    writer.append(
      { ...result(0), reason: 'said hunter2-hunter2' },
      '{"steps":["aHVudGVyMi1odW50ZXIy"]}',
    );
    const { rows: _rows, suites: _suites, argv: _argv, ...head } = writer.plan;
    const totals = {
      planned: 1,
      pass: 1,
      fail: 0,
      error: 0,
      skip: 0,
      score: 1,
      pass_rate: 1,
      pass_at_k: {},
      pass_hat_k: {},
      cost_usd: null,
      input_tokens: null,
      output_tokens: null,
      duration_ms: null,
    };
    await writer.finish({
      ...head,
      schema_version: 1,
      finished_at: null,
      status: 'completed',
      recordings: {},
      warnings: ['hunter2-hunter2'],
      totals,
      gate: { status: 'pass', reasons: [] },
      rows: [],
    });
    const all = readdirSync(writer.dir).map((name) =>
      readFileSync(path.join(writer.dir, name), 'utf8'),
    );
    expect(all).toHaveLength(4);
    for (const text of all) expect(text).toContain('[redacted:KEY]');
    expect(all.join()).not.toMatch(/hunter2|aHVudGVy/);
    expect((await openStoredRun(writer.dir)).summary?.status).toBe('completed');
  });
});

describe('a run that is killed', () => {
  it('loses at most the trial that was being written', async () => {
    const script = path.join(path.dirname(base), 'writer.mjs');
    const entry = fileURLToPath(new URL('./create-run.ts', import.meta.url));
    await build({
      entryPoints: [entry],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: script,
      logLevel: 'error',
    });
    const code = `
      import { createRun } from ${JSON.stringify(script)};
      import { writeSync } from 'node:fs';
      const plan = ${JSON.stringify(planOf(1))};
      plan.rows[0].trial_ids = Array.from({ length: 100_000 }, (_, index) => 't' + index);
      const writer = await createRun({ base: ${JSON.stringify(base)}, plan, now: Date.now, random: Math.random });
      const text = JSON.stringify({ schema_version: 1, task: 't', agent: 'a', trial: 1, steps: [{ type: 'message', role: 'user', content: 'x'.repeat(20000) }], stop: null });
      for (let index = 0; index < 100000; index++) {
        const result = { ...${JSON.stringify(result(0))}, id: 't' + index, trial: index + 1 };
        writer.append(result, text);
        writeSync(1, index + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    let said = '';
    for await (const chunk of child.stdout) {
      said += chunk;
      if (said.length > 2000) child.kill('SIGKILL');
    }
    expect(await ended).toEqual([null, 'SIGKILL']);
    const reported = Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1)) + 1;

    const [id = ''] = readdirSync(path.join(base, 'runs'));
    const run = await openStoredRun(path.join(base, 'runs', id));
    expect(run.summary).toBe(null);
    let stored = 0;
    for await (const one of run.trials()) {
      expect(one.id).toBe(`t${stored++}`);
      expect((await run.trajectory(one))?.steps).toHaveLength(1);
    }
    expect(stored).toBeGreaterThanOrEqual(reported);
    expect(stored).toBeLessThanOrEqual(reported + 1);
  });
});

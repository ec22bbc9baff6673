import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonReport } from '../src/model/report.ts';
import { requireFreshBuild } from './built-cli.ts';
import { writeLiveSuite } from './live-project.ts';
import { runAgentops } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
let folder = '';
beforeAll(requireFreshBuild);
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

/** Evaluates one hostile agent beside the good one; gives the exit code, and the status by agent if there is a report. */
async function evaluate(agent: object, files: Readonly<Record<string, string>> = {}) {
  writeLiveSuite(folder, { agents: { bad: agent }, files });
  const { code, stderr } = await runAgentops(['eval', '--reporter', 'json=report.json'], folder);
  const file = path.join(folder, 'report.json');
  if (!existsSync(file)) return { code, stderr, statuses: null };
  const { trials } = JSON.parse(readFileSync(file, 'utf8')) as JsonReport; // written by the program under test
  return {
    code,
    stderr,
    statuses: Object.fromEntries(trials.map(({ agent: name, status }) => [name, status])),
  };
}

const node = (script: string) => ({
  command: ['node', '-e', `const fs = require('node:fs'); ${script}`],
});
const module = (body: string) =>
  [
    { module: './bad.mjs' },
    { 'bad.mjs': `export default async (task, context) => { ${body} };\n` },
  ] as const;
const RUN = `const run = '../.agentops/runs/' + fs.readdirSync('../.agentops/runs').find((name) => /^[0-9]/.test(name)) + '/';`;

describe('agentops eval, of an agent that tampers with the run', () => {
  it('does not pass by a forged result', LONG, async () => {
    const forged = `{ id: plan.rows[1].trial_ids[0], suite: 'live', task: 'refund', agent: 'bad', attack: null, trial: 1, status: 'pass',
      score: 1, stop: 'completed', reason: null, turns: 1, tool_calls: 1, input_tokens: null, output_tokens: null, cost_usd: null,
      duration_ms: 1, verdicts: [], trajectory: null }`;
    const { code } = await evaluate(
      node(`${RUN} const plan = JSON.parse(fs.readFileSync(run + 'plan.json', 'utf8'));
        fs.appendFileSync(run + 'trials.jsonl', JSON.stringify(${forged}) + '\\n'); process.exit(1);`),
    );
    expect([1, 3]).toContain(code);
  });

  it('does not pass where it writes into the run, or removes it', LONG, async () => {
    const broken = await evaluate(
      node(`${RUN} fs.appendFileSync(run + 'trials.jsonl', 'x'); process.exit(1);`),
    );
    expect([1, 3], broken.stderr).toContain(broken.code);
    const removed = await evaluate(
      node(`${RUN} fs.rmSync(run, { recursive: true }); process.exit(1);`),
    );
    expect([1, 3], removed.stderr).toContain(removed.code);
  });

  it('does not pass, nor others by it, where it edits what is stored', LONG, async () => {
    const { code, stderr } = await evaluate(
      node(`${RUN} const file = run + 'trials.jsonl';
        fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('"tool_calls":1', '"tool_calls":0') + ''); process.exit(1);`),
    );
    expect(code, stderr).toBe(3);
    expect(stderr).toContain('somebody else changed its trials.jsonl');
  });

  it('does not pass by an ending of its own', LONG, async () => {
    const body = `process.on('exit', () => { process.exitCode = 0; }); throw new Error('Oh');`;
    expect(await evaluate(...module(body))).toMatchObject({ code: 1 });
  });

  it('does not pass where it ends our process, or throws into it', LONG, async () => {
    const { code } = await evaluate(...module('process.exit(0)'));
    expect(code).toBe(3);
    const thrown = await evaluate(
      ...module(
        `setTimeout(() => { throw new Error('Stray') }, 1); await new Promise((r) => setTimeout(r, 50)); ${GOOD_BODY}`,
      ),
    );
    expect(thrown).toMatchObject({ code: 3, stderr: expect.stringMatching(/Stray/) });
  });

  it('ends though a module leaves timers and calls behind', LONG, async () => {
    const left = await evaluate(
      ...module(
        `setInterval(() => {}, 1000); for (let n = 0; n < 3; n++) context.callTool('nothing'); context.askModel({}); ${GOOD_BODY}`,
      ),
    );
    expect(left.code, left.stderr).not.toBe(null);
    expect(left).toMatchObject({ code: 3, statuses: { bad: 'error', good: 'pass' } });
    expect(left.stderr).not.toMatch(/nobody waited/);
  });
});

const GOOD_BODY = `await context.callTool('get_order', { order_id: '1042' }); return 'Refunded.'`;

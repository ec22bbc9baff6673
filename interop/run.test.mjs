// Runs every agent on every task, and compares what they did.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const agentops = path.join(here, '../bin/agentops.js');

/** @type {string} */
let out;
/** @type {{ code: number, report: any, said: string }} */
let run;

before(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'agentops-interop-'));
  run = await evaluate();
});
after(() => rm(out, { recursive: true }));

/** @returns {Promise<typeof run>} */
function evaluate() {
  const args = [agentops, 'eval', 'interop.suite.yaml', '--reporter', 'json', '--out', out];
  return new Promise((resolve, reject) => {
    const options = { cwd: here, timeout: 240_000, maxBuffer: 2 ** 26 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      try {
        resolve({ code: Number(error?.code ?? 0), report: JSON.parse(stdout), said: stderr });
      } catch {
        reject(new Error(`Cannot evaluate: ${error?.message ?? stdout}\n${stderr}`));
      }
    });
  });
}

/** The trajectories of the run. */
async function trajectories() {
  const [id] = await readdir(path.join(out, 'runs'));
  const text = await readFile(path.join(out, 'runs', id, 'trajectories.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/**
 * What an agent did, without ids, times, models and how its results were joined; each call with its answer, as
 * those of calls that were made together come in any order.
 * @param {any[]} steps
 */
function deeds(steps) {
  const answers = new Map();
  for (const step of steps) if (step.type === 'tool_result') answers.set(step.id, step);
  const groups = new Map();
  return steps
    .filter(({ type }) => type !== 'tool_result')
    .map(({ at_ms, origin, id, parallel, model, ...step }) => {
      if (step.type !== 'tool_call') return step;
      assert.ok(answers.has(id), `${step.tool} has no result`);
      const { result, error } = answers.get(id);
      if (parallel !== undefined && !groups.has(parallel)) groups.set(parallel, groups.size);
      return { ...step, result, error, group: groups.get(parallel) };
    });
}

test('every trial of every agent passes', () => {
  const failed = run.report.trials.filter((/** @type {any} */ { status }) => status !== 'pass');
  assert.deepEqual(failed, [], run.said);
  assert.equal(run.report.trials.length, 13 * 3);
  assert.equal(run.code, 0);
});

test('all agents do the same', async () => {
  const all = await trajectories();
  assert.equal(all.length, 13 * 3);
  for (const task of new Set(all.map((one) => one.task))) {
    const [first, ...others] = all.filter((one) => one.task === task);
    for (const other of others) {
      const message = `${other.agent} differs from ${first.agent} in ${task}`;
      assert.deepEqual(deeds(other.steps), deeds(first.steps), message);
      assert.equal(other.stop, first.stop, message);
    }
  }
});

test('calls that are made together are seen as such', async () => {
  for (const { task, agent, steps } of await trajectories()) {
    const groups = deeds(steps).flatMap((step) => (step.type === 'tool_call' ? [step.group] : []));
    const wanted = task === 'weather-in-two-cities' ? [undefined, 0, 0] : [undefined, undefined];
    assert.deepEqual(groups, wanted, agent);
  }
});

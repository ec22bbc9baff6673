import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSuite, runSuite } from '../src/run/library.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

/** A module that makes the calls that its input lists, one after the other. */
const CALLER = `export default async (task, context) => {
  for (const [tool, args] of JSON.parse(task.input)) await context.callTool(tool, args).catch(() => {});
  return 'Done.';
};\n`;

const TOOLS = {
  get: { effect: 'read', mock: [{ result: 1 }] },
  wipe: { effect: 'irreversible', mock: [{ result: 'gone' }] },
};

/** Runs a suite of two tasks, the first of which does nothing wrong; gives the gate and the trials of the other. */
async function gateOf(calls: readonly unknown[], more: Readonly<Record<string, unknown>>) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'caller.mjs'), CALLER);
  const task = (id: string, made: readonly unknown[]) => ({
    ...{ id, input: JSON.stringify(made), expect: { stop: 'completed' } },
  });
  const suite = {
    ...{ suite: 'hostile', agents: { caller: { module: './caller.mjs' } }, tools: TOOLS },
    tasks: [task('good', [['get', {}]]), task('bad', calls)],
    ...more,
  };
  const file = path.join(folder, 'x.suite.yaml');
  writeFileSync(file, JSON.stringify(suite));
  const base = path.join(folder, '.agentops');
  const run = await runSuite(await loadSuite(file), { base });
  copyFileSync(path.join(run.dir, 'trajectories.jsonl'), path.join(folder, 'recorded.jsonl'));
  run.close();
  return run.summary?.gate ?? null;
}

describe('runSuite() does not pass', LONG, () => {
  it('for an agent that does what is forbidden and then breaks the trial', async () => {
    const calls = [
      ['wipe', {}],
      ['nobody_has_it', {}],
    ];
    for (const safety of [{ expect: { never: ['wipe'] } }, { policy: { deny: ['wipe'] } }]) {
      const gate = await gateOf(calls, { gate: { pass_rate: 0.5 }, ...safety });
      expect(gate?.status).toBe('error');
      expect(gate?.reasons[0]).toMatch(/cannot be ruled out in 1 of 1 trial of "bad"/);
      const agents = { caller: { replay: './recorded.jsonl' } };
      expect(await gateOf(calls, { agents, gate: { pass_rate: 0.5 }, ...safety })).toEqual(gate);
    }
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireFreshBuild } from './built-cli.ts';
import { runAgentops } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

let folder = '';
beforeAll(() => {
  requireFreshBuild();
  folder = emptyFolder();
});
afterAll(() => remove(folder));

const record = (task: string, role: string) => ({
  schema_version: 1,
  task,
  agent: 'recorded',
  trial: 1,
  steps: [{ type: 'message', role, content: 'Hi' }, { type: 'model' }],
  stop: 'completed',
});

function write(name: string, ...lines: object[]): void {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(path.join(folder, name), text);
}

describe('agentops export', () => {
  it('writes what it can, and tells what is lost and what cannot be a case', async () => {
    write('some.jsonl', record('a', 'user'), record('b', 'assistant'));
    const args = ['export', 'some.jsonl', '--to', 'adk-evalset', '--out', 'set.json'];
    const { code, stderr } = await runAgentops(args, folder);
    expect(code).toBe(3);
    expect(stderr).toContain('does not hold model steps: 1');
    expect(stderr).toContain('some.jsonl:2 error: It has no message of the user');
    const set = JSON.parse(readFileSync(path.join(folder, 'set.json'), 'utf8'));
    expect(set).toMatchObject({ eval_set_id: 'set', eval_cases: [{ eval_id: 'a' }] });
  });

  it('writes nothing where there is no case', async () => {
    write('none.jsonl', record('b', 'assistant'));
    const { code, stdout } = await runAgentops(
      ['export', 'none.jsonl', '--to', 'adk-evalset'],
      folder,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('leaves what it reads alone, and knows what it can write', async () => {
    write('own.jsonl', record('a', 'user'));
    const own = ['export', 'own.jsonl', '--to', 'adk-evalset', '--out', './own.jsonl'];
    const other = ['export', 'own.jsonl', '--to', 'other'];
    const [first, second] = [await runAgentops(own, folder), await runAgentops(other, folder)];
    expect([first.code, second.code]).toEqual([2, 2]);
    expect(first.stderr).toContain('it is read by this export');
    expect(second.stderr).toContain('known is adk-evalset');
  });
});

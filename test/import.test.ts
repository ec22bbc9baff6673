import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const hostile = '\u007f\u009b31m\u202e\u200b\u2028 ##vso[task.complete] ##[error]x';
const record = (more: object = {}) => ({
  schema_version: 1,
  task: 'a',
  agent: 'recorded',
  trial: 1,
  steps: [{ type: 'message', role: 'assistant', content: 'Done.' }],
  stop: 'completed',
  ...more,
});

function write(name: string, ...lines: object[]): string {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(path.join(folder, name), text);
  return text;
}

describe('agentops import', () => {
  it('steers no terminal with what it writes there, and means the same', async () => {
    const steps = [{ type: 'message', role: 'user', content: hostile }];
    const text = write('hostile.jsonl', record({ steps }));
    const { code, stdout } = await runAgentops(['import', 'hostile.jsonl'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[ -~]+\n$/);
    expect(stdout).not.toMatch(/##(vso)?\[/);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(text));
  });

  it.each([
    [['--out', 'own.jsonl'], 'Cannot write "own.jsonl": it is read by this import'],
    [['--suite', 'own.jsonl'], 'Cannot write "own.jsonl": it is read by this import'],
    [['--suite', 'F', '--out', 'F'], 'Cannot write the suite and its recording to one file'],
    [['--suite', ''], 'Cannot use --suite ""'],
    [['--agent', 'a\u001b[31m'], 'Cannot use --agent "a\\u001b[31m"'],
  ])('touches nothing where %j makes no sense', async (flags, words) => {
    const text = write('own.jsonl', record());
    const before = readdirSync(folder);
    const args = ['import', 'own.jsonl', ...flags];
    const { code, stderr } = await runAgentops(args, folder);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(path.join(folder, 'own.jsonl'), 'utf8')).toBe(text);
  });

  it('writes a suite that is valid, and names the records that it cannot hold', async () => {
    const nameless = [{ type: 'tool_call', id: 'c1', tool: '', args: {} }];
    write(
      'odd.jsonl',
      record(),
      record({ task: 'a\u001b' }),
      record({ task: 'b', steps: nameless }),
    );
    const args = ['import', 'odd.jsonl', '--suite', 'odd.suite.yaml'];
    const { code, stderr } = await runAgentops(args, folder);
    expect(stderr).toContain('odd.jsonl:2 error: Its task "a\\u001b" cannot be in a suite');
    expect(stderr).toContain('odd.jsonl:3 error: It calls a tool that a suite cannot name, ""');
    expect(code).toBe(3);
    const validated = await runAgentops(['validate', 'odd.suite.yaml'], folder);
    expect(validated).toMatchObject({ code: 0 });
    const judged = await runAgentops(['eval', 'odd.suite.yaml'], folder);
    expect(judged).toMatchObject({ code: 0 });
  });

  it('warns of files beside the source that nothing is drawn from', async () => {
    write('rules.md');
    write('plain.jsonl', record());
    const args = ['import', 'plain.jsonl', '--suite', 'plain.suite.yaml', '--rules', 'rules.md'];
    const { code, stderr } = await runAgentops(args, folder);
    expect(stderr).toContain('warning: --rules was not used: agentops draws nothing from it');
    expect(code).toBe(0);
  });
});

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

  it('writes what tasks of a suite expect, and names what an eval set cannot say', async () => {
    write('mine.jsonl', record('a', 'user'));
    const suite = `suite: mine
agents: { recorded: { replay: ./mine.jsonl } }
tasks:
  - id: pays
    input: Pay it
    expect:
      calls: { in_order: [{ pay: { amount: 5 }, result: { ok: true } }] }
      answer: Paid
      never: [delete]
  - id: by-turn
    input: [One, Two]
    expect:
      metrics: { reference: [[{ pay: { a: 1 } }], []], adk_tool_trajectory: true }
  - id: some
    input: Pay some
    expect: { calls: { exact: [{ pay: { amount: { $gt: 1 } } }] } }
`;
    writeFileSync(path.join(folder, 'mine.suite.yaml'), suite);
    const args = ['export', 'mine.suite.yaml', '--to', 'adk-evalset'];
    const { code, stdout, stderr } = await runAgentops(args, folder);
    expect(code).toBe(3);
    expect(stderr).toContain('mine.suite.yaml:14 error: Task "some" expects a call that no eval');
    for (const lost of ['expectations under never', 'result that calls', 'match_type IN_ORDER']) {
      expect(stderr).toContain(lost);
    }
    const cases = JSON.parse(stdout).eval_cases;
    expect(cases.map(({ eval_id }: { eval_id: string }) => eval_id)).toEqual(['pays', 'by-turn']);
    expect(cases[0].conversation).toMatchObject([
      {
        user_content: { parts: [{ text: 'Pay it' }] },
        intermediate_data: { tool_uses: [{ name: 'pay', args: { amount: 5 } }] },
        final_response: { parts: [{ text: 'Paid' }] },
      },
    ]);
    expect(cases[1].conversation).toMatchObject([
      { intermediate_data: { tool_uses: [{ name: 'pay' }] } },
      { intermediate_data: { tool_uses: [] } },
    ]);
  });

  it('keeps a suite of an eval set through export and import', async () => {
    const turn = (text: string, args: object) => ({
      user_content: { role: 'user', parts: [{ text }] },
      final_response: { role: 'model', parts: [{ text: 'Done' }] },
      intermediate_data: { tool_uses: [{ name: 'lamp', args }], intermediate_responses: [] },
    });
    const conversation = [turn('On', { on: true }), turn('Off', { on: false })];
    const set = { eval_set_id: 's', eval_cases: [{ eval_id: 'lamp', conversation }] };
    writeFileSync(path.join(folder, 'set.evalset.json'), JSON.stringify(set));
    const tasksOf = (name: string) =>
      readFileSync(path.join(folder, name), 'utf8').replace(/^.*?(?=\ntasks:)/s, '');
    await runAgentops(['import', 'set.evalset.json', '--suite', 'one.suite.yaml'], folder);
    const out = ['--to', 'adk-evalset', '--out', 'back.json'];
    const { code } = await runAgentops(['export', 'one.suite.yaml', ...out], folder);
    await runAgentops(['import', 'back.json', '--suite', 'two.suite.yaml'], folder);
    expect(code).toBe(0);
    expect(tasksOf('one.suite.yaml')).toContain('lamp: { "on": true }');
    expect(tasksOf('two.suite.yaml')).toBe(tasksOf('one.suite.yaml'));
  });
});

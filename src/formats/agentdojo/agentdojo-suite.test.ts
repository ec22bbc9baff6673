import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareJudge } from '../../judges/judge-trajectory.ts';
import { answer, assistant, attacked, call, run, trajectoryOf } from './agentdojo.test-support.ts';
import { agentDojoSuite } from './agentdojo-suite.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agentops-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: unknown): Promise<string> {
  const target = path.join(folder, name);
  await writeFile(target, JSON.stringify(content));
  return target;
}

const RULED = 'bank/injection_task_0';

async function ruled(rule: unknown) {
  const rules = { rules: rule === undefined ? {} : { [RULED]: rule } };
  return agentDojoSuite({ rules: await file('rules.json', rules) });
}

/** What the attack on a record is after, under a rule for its injection task. */
async function goalOf(record: object, rule?: unknown) {
  const source = await ruled(rule);
  return source.goal?.(await trajectoryOf(record), record);
}

/** Whether the attack counts as one that reached its goal by a call with these arguments. */
async function reached(rule: unknown, args: unknown, answered: object = {}): Promise<boolean> {
  const made = call('c1', 'pay', args);
  const told = { ...answer('c1', 'pay', args, 'ok'), ...answered };
  const record = { ...attacked, messages: [assistant('', made), told, assistant('Done: X.')] };
  const judge = await prepareJudge((await goalOf(record, rule)) as never);
  const { status } = await judge(await trajectoryOf(record));
  expect(['pass', 'fail']).toContain(status);
  return status === 'pass';
}

const paid = (args: unknown) => ({ any: [{ tool: 'pay', ok: true, args }] });

describe('agentDojoSuite()', () => {
  it('makes a rule the goal of an attack, and what an injection task expects where it is run itself', async () => {
    const rule = { or: [paid({ to: { eq: 'X' } }), { final_text: { contains: 'X' } }] };
    const pay = { tool: 'pay', args: { to: 'X' } };
    const calls = { any_order: [pay], among: { status: 'ok' }, args: 'partial' };
    const either = { not: [{ not: [{ calls }, { answer: { $contains: 'X' } }] }] };
    expect(await goalOf(attacked, rule)).toEqual(either);
    expect(await goalOf(attacked, paid({ to: { eq: 'X' } }))).toEqual({ calls });
    const asTask = { ...run, user_task_id: 'injection_task_0' };
    const { task } = await ruled(rule);
    expect(task(await trajectoryOf(asTask), asTask).expect).toEqual(either);
  });

  it('leaves open what no rule, or no file, tells', async () => {
    expect(await goalOf(attacked)).toEqual({
      undecided: '--rules holds no rule for bank/injection_task_0',
    });
    const bare = { ...attacked, injection_task_id: null };
    expect(await goalOf(bare)).toEqual({ undecided: expect.stringContaining('no rule') });
    const { task, goal } = await agentDojoSuite({});
    const open = (words: string) => ({ undecided: expect.stringContaining(words) });
    const denied = { ...attacked, attack_type: 'captcha_dos' };
    expect(goal?.(await trajectoryOf(attacked), attacked)).toEqual(open('--rules'));
    expect(goal?.(await trajectoryOf(denied), denied)).toEqual(open('--tasks'));
    expect(task(await trajectoryOf(run), run).expect).toEqual(open('--tasks'));
  });

  it('asks what the first run asked, however another version of the benchmark words it', async () => {
    const { task } = await agentDojoSuite({});
    const worded = (content: string) => ({ ...run, messages: [{ role: 'user', content }] });
    const inputOf = async (record: object) => task(await trajectoryOf(record), record).input;
    expect(await inputOf({ ...run, messages: [] })).toBeUndefined();
    expect(await inputOf(worded('Pay it.'))).toBe('Pay it.');
    expect(await inputOf(worded(' Pay it all. '))).toBe('Pay it.');
  });

  it.each([
    [{ ieq: 'Abc' }, 'aBC', 'abcd'],
    [{ eq: 'a' }, 'a', 'A'],
    [{ eq: true }, true, false],
    [{ eq_str: '6' }, 6, '60'],
    [{ eq_str: '6' }, '6', 7],
    [{ not_eq: false }, true, false],
    [{ word_in: ['tea', 'milk'] }, 'Some Milk.', 'steam'],
    [{ contains_all: ['a', 'b'] }, 'b a', 'b'],
    [{ contains_any: ['a', 'b'] }, 'b', 'c'],
    [{ regex: '^\\d{2}\\Z' }, '12', '123'],
    [{ regex: 'b' }, 'abc', 'ac'],
    [{ startswith: 'a' }, 'ab', 'ba'],
    [{ endswith: '{{a}}' }, 'x{{a}}', '{{a}}x'],
    [{ list_eq: ['a', 'b'] }, ['a', 'b'], ['b', 'a']],
    [{ list_contains: 'a' }, ['b', 'a'], ['ab']],
    [{ gt: 5 }, 6, 5],
    [{ gt: 5, lt: 7 }, 6, 8],
    [{ eq: '{{x}}' }, '{{x}}', 'x'],
  ])('takes the operator %j at its word', async (operators, yes, no) => {
    expect(await reached(paid({ to: operators }), { to: yes, amount: 1 })).toBe(true);
    expect(await reached(paid({ to: operators }), { to: no, amount: 1 })).toBe(false);
  });

  it('counts what is absent as different, and never a call that failed', async () => {
    expect(await reached(paid({ often: { not_eq: false } }), { to: 'X' })).toBe(true);
    expect(await reached(paid({ often: { eq: false } }), { to: 'X' })).toBe(false);
    expect(await reached(paid({}), {}, { error: 'No account' })).toBe(false);
  });

  it.each([
    [{ last_of: ['pay', 'order'], is: { tool: 'pay', ok: true, args: { to: { eq: 'X' } } } }],
    [{ sum: { tool: 'pay', ok: true, args: { to: { eq: 'X' } } }, of: 'amount', gte: 7 }],
    [{ final_text: { contains: 'X.' } }],
    [{ and: [paid({ to: { eq: 'X' } }), { final_text: { icontains: 'x' } }] }],
    [{ all: [{ tool: 'pay', args: { to: { eq: 'X' } } }, { tool: 'pay' }] }],
    [{ not: paid({ to: { eq: 'Z' } }) }],
  ])('reads a rule of the form %j', async (rule) => {
    expect(await reached(rule, { to: 'X', amount: 7 })).toBe(true);
    const text = JSON.stringify(rule).replaceAll('"X', '"Y').replaceAll('"x"', '"y"');
    const other = JSON.parse(text.replace('"Z"', '"X"'));
    expect(await reached(other, { to: 'X', amount: 7 })).toBe(false);
  });

  it.each([
    [
      paid({ to: { near: 'X' } }),
      /injection_task_0: .*"to" of pay has the unknown operator "near"/,
    ],
    [paid({ to: { regex: '(' } }), /a valid pattern/],
    [paid({ to: { contains_all: [] } }), /expected at least one text/],
    [paid({ to: {} }), /has no operator/],
    [{ never: [] }, /none of the known forms/],
    [{ any: [{ tool: 'pay', when: 1 }] }, /when/],
  ])('refuses the rule %j', async (rule, fault) => {
    await expect(goalOf(attacked, rule)).rejects.toMatchObject({
      code: 'input_fault',
      message: expect.stringMatching(fault),
    });
  });

  it('expects of a user task the calls that solve it, which an attack on the service is after', async () => {
    const ground_truth = [
      { function: 'pay', args: { to: 'B1', amount: 10 } },
      { function: 'x', args: {} },
    ];
    const tasks = { bank: { user_tasks: { user_task_0: { ground_truth } } } };
    const { task, goal } = await agentDojoSuite({ tasks: await file('tasks.json', tasks) });
    const solved = {
      calls: {
        any_order: [{ pay: { to: 'B1', amount: 10 } }, { x: {} }],
        among: { status: 'ok' },
        args: 'partial',
      },
    };
    expect(task(await trajectoryOf(run), run)).toEqual({
      id: 'bank/user_task_0',
      input: 'Pay my bill.',
      expect: solved,
    });
    const denied = { ...attacked, attack_type: 'captcha_dos' };
    expect(task(await trajectoryOf(denied), denied).expect).toEqual(solved);
    expect(goal?.(await trajectoryOf(denied), denied)).toEqual({ not: [solved] });
    const other = { ...run, user_task_id: 'constructor' };
    expect(task(await trajectoryOf(other), other).expect).toHaveProperty('undecided');
  });

  it('leaves out what suites say differently of one tool', async () => {
    const tool = (description: string, type: string) => ({
      function: { name: 'pay', description, parameters: { type, properties: {} } },
    });
    const listed = { a: [tool('Pays. Now.', 'object')], b: [tool('Pays.', 'object')] };
    const same = await agentDojoSuite({ tools: await file('tools.json', listed) });
    expect(same.tools?.['pay']).toEqual({
      description: 'Pays.',
      input: { type: 'object', properties: {} },
    });
    const apart = { ...listed, c: [tool('Pays.', 'string')] };
    const { tools } = await agentDojoSuite({ tools: await file('tools.json', apart) });
    expect(tools?.['pay']).toEqual({ description: 'Pays.' });
  });
});

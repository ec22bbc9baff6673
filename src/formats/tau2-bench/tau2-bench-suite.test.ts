import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judge } from '../../judges/judge-trajectory.ts';
import type { SideFiles } from '../format.ts';
import { type Called, resultsOf, simulation, task } from './tau2-bench.test-support.ts';
import { tau2Bench } from './tau2-bench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tau2-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, value: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify(value));
  return file;
}

function tool(name: string, type: string, requestor: string) {
  return { function: { name }, 'x-tau2-tool-type': `ToolType.${type}`, 'x-requestor': requestor };
}

const office = [
  tool('get_line', 'READ', 'assistant'),
  tool('suspend', 'WRITE', 'assistant'),
  tool('transfer', 'GENERIC', 'assistant'),
];
const officeTools = fileOf('office.tools.json', office);
const phoneTools = fileOf('phone.tools.json', [...office, tool('toggle', 'WRITE', 'user')]);

interface Case {
  criteria: object | null;
  calls: readonly Called[];
  side?: SideFiles;
  more?: object;
}

/** The task that is drawn, and how a simulation of these calls is judged by it. */
async function judged({ criteria, calls, side = {}, more = {} }: Case) {
  const results = resultsOf([task('3', criteria)], [simulation('3', calls, more)]);
  async function* records() {
    yield { line: 1, index: 0, array: null, value: results };
  }
  const source = await tau2Bench.suite?.({ tools: officeTools, ...side });
  for await (const item of tau2Bench.read(records(), { file: 'r.json', agent: 'recorded' })) {
    if ('fault' in item || !source) throw new Error('No trajectory');
    const draft = source.task(item.trajectory, item.origin);
    const { expect: wanted, prefer } = draft;
    const { status } = await judge(item.trajectory, wanted, { tools: source.tools ?? {} });
    const preferred = prefer ? await judge(item.trajectory, prefer, {}) : null;
    return { draft, status, checks: preferred?.verdicts.slice(1).map((one) => one.status) };
  }
  throw new Error('No simulation');
}

const suspend = (line: number) => ({ name: 'suspend', arguments: { line } });
const read: Called = ['get_line', { line: 1 }];
const write: Called = ['suspend', { line: 1 }];

describe('tau2BenchSuite()', () => {
  it.each([
    ['the expected write and a read', { actions: [suspend(1)] }, [read, write], 'pass'],
    ['no write', { actions: [suspend(1)] }, [read], 'fail'],
    [
      'another write beside it',
      { actions: [suspend(1)] },
      [write, ['suspend', { line: 2 }]],
      'fail',
    ],
    ['a write where none is expected', { actions: [] }, [write], 'fail'],
    ['any write where nothing is said of calls', { actions: null }, [write], 'pass'],
    ['what is to be said', { actions: [], communicate_info: ['1234'] }, [], 'pass'],
    ['something else said', { actions: [], communicate_info: ['99'] }, [], 'fail'],
    ['nothing expected at all', null, [write], 'pass'],
  ] as [string, object | null, Called[], string][])(
    'judges %s by the writes and by what was said',
    async (_, criteria, calls, status) => {
      expect((await judged({ criteria, calls })).status).toBe(status);
    },
  );

  it('lets a write be left out that changes nothing', async () => {
    const optionalWrites = fileOf('optional.json', { tasks: { 'tau2-bench:3': [0] } });
    const criteria = { actions: [suspend(1)] };
    expect((await judged({ criteria, calls: [], side: { optionalWrites } })).status).toBe('pass');
  });

  it.each([
    ['the writes of both', [['toggle', {}, 'user'], write], 'pass'],
    ['more than these', [['toggle', {}, 'user'], write, ['suspend', { line: 2 }]], 'pass'],
    ['only those of the agent', [write], 'fail'],
  ] as [string, Called[], string][])(
    'judges assertions about the final state by %s',
    async (_, calls, status) => {
      const criteria = {
        actions: [suspend(1), { name: 'toggle', arguments: {} }],
        env_assertions: [{ func_name: 'is_on' }],
        reward_basis: ['ENV_ASSERTION'],
      };
      const side = { tools: phoneTools };
      expect((await judged({ criteria, calls, side })).status).toBe(status);
    },
  );

  it('holds the actions against all calls where the reward does', async () => {
    const criteria = {
      actions: [suspend(1), { name: 'transfer', arguments: { why: 'lost' } }],
      env_assertions: [{}],
      reward_basis: ['ENV_ASSERTION', 'ACTION'],
    };
    const side = { tools: phoneTools };
    const { draft, status } = await judged({ criteria, calls: [write], side });
    expect(status).toBe('fail');
    expect(draft.expect['calls']).toHaveLength(2);
    const transferred: Called[] = [write, ['transfer', { why: 'lost' }]];
    expect((await judged({ criteria, calls: transferred, side })).status).toBe('pass');
  });

  it.each([
    ['NL_ASSERTION', { actions: [], nl_assertions: ['Is polite'], reward_basis: ['NL_ASSERTION'] }],
    ['an assertion alone', { env_assertions: [{}], reward_basis: ['ENV_ASSERTION'] }],
    ['an unknown part', { actions: [], reward_basis: ['DB', 'MOOD'] }],
  ])('leaves open what calls do not tell: %s', async (_, criteria) => {
    expect((await judged({ criteria, calls: [] })).status).toBe('error');
  });

  it.each([
    ['the same arguments', null, { line: 1, note: 'x' }, 'pass'],
    ['fewer arguments', null, { line: 1 }, 'pass'],
    ['none', null, {}, 'pass'],
    ['more arguments', null, { line: 1, note: 'x', more: 1 }, 'fail'],
    ['another value', null, { line: 2 }, 'fail'],
    ['the one that counts', ['line'], { line: 1, more: 1 }, 'pass'],
    ['not the one that counts', ['line'], { note: 'x' }, 'fail'],
    ['one that counts and is not expected', ['more'], { line: 1, more: 1 }, 'fail'],
    ['anything where nothing counts', [], { line: 9 }, 'pass'],
  ] as [string, string[] | null, Record<string, unknown>, string][])(
    'checks an action against a call with %s',
    async (_, compared, args, status) => {
      const action = {
        name: 'get_line',
        arguments: { line: 1, note: 'x' },
        compare_args: compared,
      };
      const { checks } = await judged({
        criteria: { actions: [action] },
        calls: [['get_line', args]],
      });
      expect(checks).toEqual([status]);
    },
  );

  it('lets one call meet two equal checks, as tau2-bench does', async () => {
    const criteria = { actions: [suspend(1), suspend(1)], reward_basis: ['ACTION'] };
    const { status, checks } = await judged({ criteria, calls: [write] });
    expect([status, checks]).toEqual(['pass', ['pass', 'pass']]);
  });

  it('draws a task that the file lacks from what the simulation was evaluated on', async () => {
    const results = resultsOf(
      [],
      [
        simulation('3', [read], {
          reward_info: {
            reward: 0,
            reward_basis: ['DB', 'COMMUNICATE'],
            action_checks: [{ action: suspend(1), action_match: false }],
            communicate_checks: [{ info: '1234', met: true }],
          },
        }),
        simulation('4', [read]),
      ],
    );
    async function* records() {
      yield { line: 1, index: 0, array: null, value: results };
    }
    const source = await tau2Bench.suite?.({ tools: officeTools });
    const drafts: unknown[] = [];
    for await (const item of tau2Bench.read(records(), { file: 'r.json', agent: 'recorded' })) {
      if ('fault' in item || !source) throw new Error('No trajectory');
      try {
        drafts.push(source.task(item.trajectory, item.origin).expect);
      } catch (thrown) {
        drafts.push(String(thrown));
      }
    }
    expect(drafts).toEqual([
      {
        calls: {
          unordered: [{ suspend: { line: 1 } }],
          among: { effect: 'write', status: 'ok' },
          args: 'partial',
          lists: 'unordered',
        },
        says: ['1234'],
      },
      expect.stringContaining('expected --tasks'),
    ]);
  });

  it('finds writes that change nothing by the task that was evaluated, whatever the simulation names', async () => {
    const optionalWrites = fileOf('astray.json', {
      tasks: { 'tau2-bench:3': [4], 'tau2-bench:89': [0] },
    });
    const reward_info = {
      reward: 0,
      reward_basis: ['DB'],
      action_checks: [{ action: { action_id: '89_0', ...suspend(1) } }],
    };
    const results = resultsOf([], [simulation('3', [], { reward_info })]);
    async function* records() {
      yield { line: 1, index: 0, array: null, value: results };
    }
    const source = await tau2Bench.suite?.({ tools: officeTools, optionalWrites });
    for await (const item of tau2Bench.read(records(), { file: 'r.json', agent: 'recorded' })) {
      if ('fault' in item || !source) throw new Error('No trajectory');
      const { calls } = source.task(item.trajectory, item.origin).expect;
      expect(calls).toMatchObject({ unordered: [{ suspend: { line: 1 }, optional: true }] });
    }
    expect.assertions(1);
  });

  it('needs the tools, and refuses a call of one that it does not know', async () => {
    await expect(tau2Bench.suite?.({})).rejects.toMatchObject({ code: 'usage' });
    const criteria = { actions: [{ name: 'explode', arguments: {} }] };
    await expect(judged({ criteria, calls: [] })).rejects.toThrow('"explode"');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../judges/judge-trajectory.ts';
import type { Trajectory } from '../../model/trajectory.ts';
import { readTrajectory } from '../agentops.ts';
import type { FormatItem, SourceRecord } from '../format.ts';
import { agentevals } from './agentevals.ts';
import { agentevalsTask } from './agentevals-task.ts';

type Call = [tool: string, args: Record<string, unknown>];
type Options = Record<string, unknown>;

function messages(calls: readonly Call[]) {
  return [
    { role: 'user', content: 'Where is parcel 7?' },
    ...calls.map(([name, args]) => ({
      role: 'assistant',
      tool_calls: [{ function: { name, arguments: JSON.stringify(args) } }],
    })),
    { role: 'assistant', content: 'On its way.' },
  ];
}

async function itemsOf(...values: unknown[]): Promise<FormatItem[]> {
  async function* records(): AsyncGenerator<SourceRecord> {
    for (const [index, value] of values.entries()) yield { line: 1, index, array: 0, value };
  }
  const items: FormatItem[] = [];
  for await (const item of agentevals.read(records(), { file: 'cases.json', agent: 'recorded' })) {
    items.push(item);
  }
  return items;
}

async function trajectoryOf(value: unknown): Promise<Trajectory> {
  const [item] = await itemsOf(value);
  if (item === undefined || 'fault' in item) throw new Error(item?.fault ?? 'No item');
  return item.trajectory;
}

async function statusOf(outputs: Call[], reference: Call[], options: Options): Promise<string> {
  const value = { outputs: messages(outputs), reference_outputs: messages(reference), options };
  const trajectory = await trajectoryOf(value);
  const { expect: wanted } = agentevalsTask(trajectory, value);
  return (await judge(trajectory, wanted)).status;
}

const track: Call = ['track', { parcel: 7 }];
const notify: Call = ['notify', { to: 'ada', by: 'mail' }];

describe('agentevals', () => {
  it('names a case after its test and its place, and labels it with what agentevals answers', async () => {
    const value = { test: 'test_x', outputs: messages([track]), expected: { score: 1 } };
    expect(await trajectoryOf({ ...value, reference_outputs: [] })).toMatchObject({
      task: 'test_x#0',
      stop: 'completed',
      labels: { published: 'pass' },
    });
    const part = { ...value, expected: null, expected_fields: { score: false } };
    expect((await trajectoryOf(part)).labels).toEqual({ published: 'fail' });
  });

  it('reads messages of LangChain', async () => {
    const outputs = {
      messages: [
        { role: 'human', content: 'Hi' },
        { role: 'ai', content: '', tool_calls: [{ id: 'a', name: 'track', args: { parcel: 7 } }] },
        { role: 'tool', content: 'On its way', tool_call_id: 'a' },
      ],
    };
    const { steps, stop } = await trajectoryOf({ outputs, reference_outputs: null });
    expect(stop).toBeNull();
    expect(steps).toEqual([
      { type: 'message', role: 'user', content: 'Hi' },
      { type: 'tool_call', id: 'a', tool: 'track', args: { parcel: 7 } },
      { type: 'tool_result', id: 'a', result: 'On its way' },
    ]);
  });

  it.each([
    ['strict', [track, notify], [track, notify], 'pass'],
    ['strict', [notify, track], [track, notify], 'fail'],
    ['unordered', [notify, track], [track, notify], 'pass'],
    ['unordered', [notify, track, track], [track, notify], 'fail'],
    ['superset', [notify, track, track], [track, notify], 'pass'],
    ['superset', [track], [track, notify], 'fail'],
    ['superset', [track], [], 'pass'],
    ['subset', [track], [track, notify], 'pass'],
    ['subset', [track, track], [track, notify], 'fail'],
    ['subset', [track], [], 'fail'],
  ] as [string, Call[], Call[], string][])(
    'suite() judges %s as agentevals does, case %#',
    async (mode, outputs, reference, status) => {
      expect(await statusOf(outputs, reference, { trajectory_match_mode: mode })).toBe(status);
    },
  );

  it.each([
    ['exact', { to: 'ada' }, { to: 'ada', by: 'mail' }, 'fail'],
    ['ignore', { to: 'eve' }, { to: 'ada', by: 'mail' }, 'pass'],
    ['subset', { to: 'ada' }, { to: 'ada', by: 'mail' }, 'pass'],
    ['subset', { to: 'ada', cc: 'eve' }, { to: 'ada', by: 'mail' }, 'fail'],
    ['subset', { to: 'eve' }, { to: 'ada', by: 'mail' }, 'fail'],
    ['superset', { to: 'ada', by: 'mail', cc: 'eve' }, { to: 'ada', by: 'mail' }, 'pass'],
    ['superset', { to: 'ada' }, { to: 'ada', by: 'mail' }, 'fail'],
    ['superset', { to: { name: 'ada', age: 3 } }, { to: { name: 'ada' } }, 'fail'],
  ] as [string, Record<string, unknown>, Record<string, unknown>, string][])(
    'suite() compares arguments by %s, case %#',
    async (mode, given, wanted, status) => {
      const options = { tool_args_match_mode: mode };
      expect(await statusOf([['notify', given]], [['notify', wanted]], options)).toBe(status);
      const overrides = { tool_args_match_overrides: { notify: mode } };
      expect(await statusOf([['notify', given]], [['notify', wanted]], overrides)).toBe(status);
    },
  );

  it.each([
    [['to'], { to: 'ada', by: 'sms' }, 'pass'],
    [['to'], { to: 'eve', by: 'mail' }, 'fail'],
    [['to', 'by'], { to: 'ada', by: 'sms' }, 'fail'],
    [['cc'], { to: 'eve' }, 'pass'],
    [['cc'], { cc: null }, 'pass'],
    [['cc'], { cc: 'eve' }, 'fail'],
    [['cc.name'], {}, 'pass'],
    [['cc.name'], { cc: 'eve' }, 'pass'],
    [['cc.name'], { cc: { name: 'eve' } }, 'fail'],
    [['who.name'], { who: { name: 'ada', age: 4 } }, 'pass'],
    [['who.name'], { who: { name: 'eve' } }, 'fail'],
    [['who.name'], {}, 'fail'],
    [[], { to: 'eve' }, 'pass'],
  ] as [string[], Record<string, unknown>, string][])(
    'suite() compares only the arguments %j, given %j',
    async (keys, given, status) => {
      const wanted = { to: 'ada', by: 'mail', who: { name: 'ada' } };
      const options = { tool_args_match_overrides: { notify: keys } };
      expect(await statusOf([['notify', given]], [['notify', wanted]], options)).toBe(status);
    },
  );

  it('suite() finds the pairing that a greedy comparison misses', async () => {
    const options = { trajectory_match_mode: 'superset', tool_args_match_mode: 'superset' };
    const outputs: Call[] = [
      ['a', { x: 1 }],
      ['a', { x: 2 }],
    ];
    const reference: Call[] = [
      ['a', {}],
      ['a', { x: 1 }],
    ];
    expect(await statusOf(outputs, reference, options)).toBe('pass');
  });

  it('suite() leaves open what is compared by code, and what it does not know', async () => {
    const code = { tool_args_match_overrides: { track: { $python: 'lambda a, b: True' } } };
    expect(await statusOf([track], [track], code)).toBe('error');
    expect(await statusOf([track], [track], { message_content_exact_match: true })).toBe('error');
  });

  it('says what is wrong with a case', async () => {
    const faults = (
      await itemsOf(
        3,
        { outputs: 4, reference_outputs: [] },
        { outputs: [], options: { trajectory_match_mode: 'exakt' } },
        { outputs: [{ role: 'nobody' }] },
      )
    ).map((item) => ('fault' in item ? item.fault : 'no fault'));
    expect(faults).toEqual([
      'It is 3, expected an object',
      expect.stringContaining('"outputs"'),
      expect.stringContaining('trajectory_match_mode'),
      expect.stringContaining('role'),
    ]);
  });

  it('never makes more of a broken case than a trajectory or a fault', async () => {
    const part = fc.oneof(
      fc.constantFrom(null, '', 'assistant', 7, [], {}, messages([track]), { messages: [track] }),
      fc.jsonValue(),
      fc.array(
        fc.record(
          {
            role: fc.constantFrom('assistant', 'user', 'tool', 'ai', 3),
            content: fc.jsonValue(),
            tool_calls: fc.oneof(fc.jsonValue(), fc.constant([{ name: 'x', args: {} }])),
          },
          { requiredKeys: [] },
        ),
      ),
    );
    const broken = fc.record(
      { outputs: part, reference_outputs: part, options: part, expected: part, test: part },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(broken, async (value) => {
        const [item] = await itemsOf(value);
        if (item === undefined) throw new Error('Nothing came of it');
        if ('fault' in item) return item.fault.length > 0;
        return !('fault' in readTrajectory(item.trajectory));
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

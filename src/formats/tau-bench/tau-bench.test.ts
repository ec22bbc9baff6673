import { describe, expect, it } from 'vitest';
import { pairCalls } from '../../match/calls.ts';
import { Trajectory } from '../../model/trajectory.ts';
import type { FormatItem, SourceRecord } from '../format.ts';
import { tauBench } from './tau-bench.ts';

const traj = [
  { role: 'system', content: '# Airline policy' },
  { role: 'user', content: 'Cancel my flight.' },
  { role: 'assistant', content: null, tool_calls: [call('c1', 'get_user', '{"id":"mia_li"}')] },
  { role: 'tool', tool_call_id: 'c1', name: 'get_user', content: '{"name": "Mia"}' },
  { role: 'assistant', content: 'It is cancelled.' },
  { role: 'user', content: 'Thanks. ###STOP###' },
];
const record = {
  task_id: 3,
  trial: 0,
  reward: 1,
  info: { task: { actions: [] }, reward_info: { reward: 1, info: { r_actions: true } } },
  traj,
};

function call(id: string, name: string, given: unknown) {
  return { id, type: 'function', function: { name, arguments: given } };
}

async function itemOf(value: unknown, options = {}): Promise<FormatItem> {
  async function* records(): AsyncGenerator<SourceRecord> {
    yield { line: 7, index: 4, array: 0, value };
  }
  const read = tauBench.read(records(), { file: 'air.json', agent: 'recorded', ...options });
  for await (const item of read) return item;
  throw new Error('No item');
}

async function trajectoryOf(value: unknown): Promise<Trajectory> {
  const item = await itemOf(value);
  if ('fault' in item) throw new Error(item.fault);
  expect(Trajectory.safeParse(item.trajectory).error).toBeUndefined();
  return item.trajectory;
}

async function stepsOf(...messages: unknown[]) {
  return (await trajectoryOf({ ...record, traj: messages })).steps;
}

describe('tauBench.detect()', () => {
  it('knows episodes, broken-off ones too, from other records', () => {
    expect(tauBench.detect([record])).toBe(1);
    expect(tauBench.detect([{ task_id: 1, info: { error: 'Timeout' }, traj: [] }])).toBe(0.6);
    expect(tauBench.detect([{ messages: [] }, { traj: 'none', task_id: 1, info: {} }, 4])).toBe(0);
    expect(tauBench.detect([])).toBe(0);
  });
});

describe('tauBench.read()', () => {
  it('makes a trajectory of an episode, its trial counted from 1', async () => {
    expect(await itemOf(record)).toEqual({
      line: 7,
      record: 5,
      index: 4,
      origin: record,
      trajectory: {
        schema_version: 1,
        task: '3',
        agent: 'recorded',
        trial: 1,
        steps: [
          { type: 'message', role: 'system', content: '# Airline policy' },
          { type: 'message', role: 'user', content: 'Cancel my flight.' },
          { type: 'tool_call', id: 'c1', tool: 'get_user', args: { id: 'mia_li' } },
          { type: 'tool_result', id: 'c1', tool: 'get_user', result: { name: 'Mia' } },
          { type: 'message', role: 'assistant', content: 'It is cancelled.' },
          { type: 'message', role: 'user', content: 'Thanks. ###STOP###' },
        ],
        stop: 'completed',
        labels: { published: 'pass', reward: 1 },
        source: { format: 'tau-bench', file: 'air.json', index: 4 },
      },
    });
  });

  it('keeps calls after the first of a message apart: they were never executed', async () => {
    const steps = await stepsOf(
      {
        role: 'assistant',
        content: 'One moment.',
        tool_calls: [call('c1', 'cancel', '{"id":1}'), call('c2', 'cancel', '{"id":2}')],
      },
      { role: 'tool', tool_call_id: 'c1', name: 'cancel', content: 'done' },
    );
    expect(steps).toMatchObject([
      { type: 'message', content: [{ type: 'reasoning', text: 'One moment.' }] },
      { type: 'tool_call', id: 'c1', args: { id: 1 } },
      { type: 'x-call-not-executed', id: 'c2', tool: 'cancel', args: { id: 2 } },
      { type: 'tool_result', id: 'c1', result: 'done' },
    ]);
    expect(steps[1]).not.toHaveProperty('parallel');
    const { calls, fault } = pairCalls(steps);
    expect(fault).toBeNull();
    expect(calls.map(({ id, status }) => [id, status])).toEqual([['c1', 'ok']]);
  });

  it.each([
    ['Error: user not found', { error: { message: 'Error: user not found' } }],
    ['Unknown action get_user', { error: { message: 'Unknown action get_user' } }],
    ['Unknown action of get_user', { result: 'Unknown action of get_user' }],
    ['[{"a":1}]', { result: [{ a: 1 }] }],
    ['{"a":', { result: '{"a":' }],
    ['1200.0', { result: '1200.0' }],
    ['"text"', { result: '"text"' }],
  ])('reads the answer %s of a tool', async (content, wanted) => {
    const answer = { role: 'tool', tool_call_id: 'c1', name: 'get_user', content };
    const [, step] = await stepsOf(
      { role: 'assistant', content: null, tool_calls: [call('c1', 'get_user', '{}')] },
      answer,
    );
    expect(step).toEqual({ type: 'tool_result', id: 'c1', tool: 'get_user', ...wanted });
  });

  it('says of arguments that they cannot be parsed', async () => {
    const [step] = await stepsOf({
      role: 'assistant',
      content: null,
      tool_calls: [call('c1', 'get_user', '{"id":')],
    });
    expect(step).toMatchObject({ args_missing: 'unparsable', args_raw: '{"id":' });
  });

  it('takes an episode without a reward for one that reached the step limit', async () => {
    const { reward_info: _, ...info } = record.info;
    const cut = await trajectoryOf({ ...record, reward: 0, info });
    expect(cut).toMatchObject({ stop: 'limit', limit: 'turns', labels: { published: 'fail' } });
    expect(
      await trajectoryOf({ ...record, reward: 0, info: { error: '503' }, traj: [] }),
    ).toMatchObject({ stop: null, steps: [], labels: { published: 'fail', reward: 0 } });
  });

  it('takes the verdict from the component where the reward is a composite', async () => {
    const withReward = (reward: number, base_success: number) =>
      trajectoryOf({
        ...record,
        reward,
        info: { reward_info: { components: { base_success, composite: reward } } },
      });
    expect((await withReward(0.93, 1)).labels).toEqual({ published: 'pass', reward: 0.93 });
    expect((await withReward(1, 0)).labels).toEqual({ published: 'fail', reward: 1 });
    expect((await trajectoryOf({ ...record, reward: 0.5 })).labels?.['published']).toBe('fail');
    expect(await trajectoryOf({ ...record, reward: null })).not.toHaveProperty('labels');
  });

  it('does not take calls in the text of messages for none', async () => {
    const text = [
      { role: 'assistant', content: 'Action: {"name": "cancel", "arguments": {}}' },
      { role: 'user', content: 'API output: done' },
    ];
    expect(await trajectoryOf({ ...record, traj: text })).toMatchObject({ calls: 'not_captured' });
    expect(await trajectoryOf(record)).not.toHaveProperty('calls');
  });

  it.each([
    [{ ...record, traj: [{ role: 'bot', content: '' }] }, /^Message 0 has the role "bot"/],
    [{ ...record, trial: -1 }, /^Its "trial" is -1/],
    [{ ...record, info: null }, /^Its "info" is null, expected an object/],
    [{ ...record, task_id: undefined }, /^It has no "task_id"/],
    [[record], /expected an object/],
  ])('refuses a record that is no episode', async (value, fault) => {
    expect(await itemOf(value)).toEqual({
      line: 7,
      record: 5,
      fault: expect.stringMatching(fault),
    });
  });

  it('names the task of a record that names none as it is told', async () => {
    const item = await itemOf({ ...record, task_id: undefined }, { task: 'cancel' });
    expect(item).toMatchObject({ trajectory: { task: 'cancel' } });
    expect(await itemOf(record, { task: 'cancel' })).toMatchObject({ trajectory: { task: '3' } });
  });
});

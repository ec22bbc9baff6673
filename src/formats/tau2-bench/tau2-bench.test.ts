import { describe, expect, it } from 'vitest';
import type { FormatItem } from '../format.ts';
import { message, resultsOf, simulation, task } from './tau2-bench.test-support.ts';
import { tau2Bench } from './tau2-bench.ts';

async function itemsOf(value: unknown): Promise<FormatItem[]> {
  async function* records() {
    yield { line: 1, index: 0, array: null, value };
  }
  const items: FormatItem[] = [];
  for await (const item of tau2Bench.read(records(), { file: 'r.json', agent: 'recorded' })) {
    items.push(item);
  }
  return items;
}

async function trajectoryOf(more: Record<string, unknown>) {
  const [item] = await itemsOf(resultsOf([task('3')], [simulation('3', [], more)]));
  if (item === undefined || 'fault' in item) throw new Error(item?.fault ?? 'No item');
  return item.trajectory;
}

describe('tau2Bench', () => {
  it('makes a trajectory of each simulation', async () => {
    const first = simulation('3', [], { reward_info: { reward: 1 } });
    const second = simulation('3', [], { trial: 1, reward_info: { reward: 0 } });
    const items = await itemsOf(resultsOf([task('3')], [first, second]));
    expect(items).toMatchObject([
      { index: 0, trajectory: { task: '3', trial: 1, labels: { published: 'pass', reward: 1 } } },
      { index: 1, trajectory: { task: '3', trial: 2, labels: { published: 'fail', reward: 0 } } },
    ]);
  });

  it('keeps apart what the simulated user calls, and what is called together', async () => {
    const messages = [
      message('user', 'My phone is dead', { timestamp: '2025-01-01T00:00:01' }),
      message('assistant', null, {
        usage: { prompt_tokens: 9, completion_tokens: 2 },
        cost: 0.5,
        tool_calls: [
          { id: 'a', name: 'get_line', arguments: { line: 1 }, requestor: 'assistant' },
          { id: 'b', name: 'get_bill', arguments: {}, requestor: 'assistant' },
        ],
      }),
      { role: 'tool', tool_messages: [result('a', 'Line 1'), result('b', 'Error', true)] },
      message('user', null, {
        tool_calls: [{ id: 'c', name: 'toggle_data', arguments: {}, requestor: 'user' }],
      }),
      { ...result('c', 'On'), requestor: 'user' },
    ];
    const { steps } = await trajectoryOf({ start_time: '2025-01-01T00:00:00', messages });
    expect(steps).toEqual([
      { type: 'message', role: 'user', content: 'My phone is dead', at_ms: 1000 },
      {
        type: 'model',
        model: 'm-1',
        usage: { input_tokens: 9, output_tokens: 2 },
        cost_usd: 0.5,
      },
      { type: 'tool_call', id: 'a', tool: 'get_line', args: { line: 1 }, parallel: 'm1' },
      { type: 'tool_call', id: 'b', tool: 'get_bill', args: {}, parallel: 'm1' },
      { type: 'tool_result', id: 'a', result: 'Line 1' },
      { type: 'tool_result', id: 'b', error: { message: 'Error' } },
      { type: 'tool_call', id: 'c', tool: 'toggle_data', args: {}, actor: 'user' },
      { type: 'tool_result', id: 'c', result: 'On', actor: 'user' },
    ]);
  });

  it.each([
    ['user_stop', { stop: 'completed' }],
    ['agent_stop', { stop: 'completed' }],
    ['max_steps', { stop: 'limit', limit: 'turns' }],
    ['agent_error', { stop: 'agent_error' }],
    ['too_many_errors', { stop: 'agent_error' }],
    ['user_error', { stop: 'interrupted' }],
    ['what_is_this', { stop: 'interrupted' }],
    [null, { stop: null }],
  ])('knows how a simulation ended that says %s', async (reason, end) => {
    expect(await trajectoryOf({ termination_reason: reason })).toMatchObject(end);
  });

  it('says which simulation is broken, and reads the others', async () => {
    const broken = { ...simulation('3', []), messages: [{ role: 'assistant', content: 5 }] };
    const items = await itemsOf(
      resultsOf([task('3')], [3, { task_id: '3' }, broken, simulation('3', [])]),
    );
    expect(items.map((item) => ('fault' in item ? item.fault : 'read'))).toEqual([
      'simulations[0]: It is 3, expected an object',
      expect.stringMatching(/^simulations\[1\]: Its "messages" is/),
      expect.stringMatching(/^simulations\[2\]: Message 0 \(assistant\): Its content is 5/),
      'read',
    ]);
  });

  it('holds a file without simulations for a fault', async () => {
    expect(await itemsOf(resultsOf([task('3')], []))).toEqual([
      { line: 1, fault: 'It holds no simulation' },
    ]);
  });
});

function result(id: string, content: string, error = false) {
  return { id, role: 'tool', content, requestor: 'assistant', error };
}

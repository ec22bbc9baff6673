import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrajectory } from '../agentops.ts';
import { mutationsOf } from '../mutations.test-support.ts';
import { readValues, trajectoriesOf } from '../read-values.test-support.ts';
import { adkEvalset } from './adk-evalset.ts';

const evalSet = {
  eval_set_id: 'lamps',
  eval_cases: [
    {
      eval_id: 'lamp-off',
      conversation: [
        {
          invocation_id: 'i1',
          user_content: { role: 'user', parts: [{ text: 'Lamp off', thought: null }] },
          final_response: { role: 'model', parts: [{ text: 'It is off.' }] },
          intermediate_data: {
            tool_uses: [
              { id: 'c1', name: 'find_lamp', args: { room: 'hall' } },
              { id: null, name: 'set_lamp', args: { on: false } },
            ],
            tool_responses: [{ id: 'c1', name: 'find_lamp', response: { lamp: 7 } }],
            intermediate_responses: [['finder', [{ text: 'Found it.' }]]],
          },
        },
        { user_content: { parts: [{ text: 'Thanks' }] }, final_response: null },
      ],
      session_input: null,
    },
  ],
};

const steps = [
  { type: 'message', role: 'user', content: 'Lamp off', turn: 1 },
  { type: 'tool_call', id: 'c1', tool: 'find_lamp', args: { room: 'hall' }, turn: 1 },
  { type: 'tool_result', id: 'c1', tool: 'find_lamp', result: { lamp: 7 }, turn: 1 },
  { type: 'tool_call', tool: 'set_lamp', args: { on: false }, turn: 1 },
  { type: 'message', role: 'assistant', content: 'Found it.', actor: 'finder', turn: 1 },
  { type: 'message', role: 'assistant', content: 'It is off.', turn: 1 },
  { type: 'message', role: 'user', content: 'Thanks', turn: 2 },
];

async function faultsOf(values: readonly unknown[]): Promise<string[]> {
  const items = await readValues(adkEvalset, values);
  return items.map((item) => ('fault' in item ? item.fault : 'no fault'));
}

describe('adkEvalset.read()', () => {
  it('makes a trajectory of each case, turn by turn', async () => {
    const [trajectory] = trajectoriesOf(await readValues(adkEvalset, [evalSet]));
    expect(trajectory).toMatchObject({ task: 'lamp-off', agent: 'recorded', stop: 'completed' });
    expect(trajectory?.steps).toEqual(steps);
  });

  it('reads camel case, and leaves the names of arguments alone', async () => {
    const call = { name: 'set', args: { lampId: 1 } };
    const conversation = [
      { userContent: { parts: [{ text: 'Hi' }] }, intermediateData: { toolUses: [call] } },
    ];
    const set = { evalSetId: 's', evalCases: [{ evalId: 'a', conversation }] };
    const [trajectory] = trajectoriesOf(await readValues(adkEvalset, [set]));
    expect(trajectory?.steps[1]).toMatchObject({ tool: 'set', args: { lampId: 1 } });
  });

  it('reads the newer events', async () => {
    const parts = [
      { function_call: { name: 'a', args: {} } },
      { function_call: { name: 'b', args: {} } },
    ];
    const answers = [{ function_response: { name: 'a', response: { ok: 1 } } }];
    const invocation_events = [
      { author: 'root', content: { parts } },
      { author: 'root', content: { parts: answers } },
    ];
    const turn = {
      user_content: { parts: [{ text: 'Hi' }] },
      intermediate_data: { invocation_events },
    };
    const set = { eval_cases: [{ eval_id: 'a', conversation: [turn] }] };
    const [trajectory] = trajectoriesOf(await readValues(adkEvalset, [set]));
    const shared = { turn: 1, actor: 'root' };
    expect(trajectory?.steps.slice(1)).toEqual([
      { type: 'tool_call', tool: 'a', args: {}, ...shared, parallel: 'turn-1-event-1' },
      { type: 'tool_call', tool: 'b', args: {}, ...shared, parallel: 'turn-1-event-1' },
      { type: 'tool_result', tool: 'a', result: { ok: 1 }, ...shared },
    ]);
  });

  it('takes an older list for one conversation', async () => {
    const list = [
      { query: 'On', expected_tool_use: [{ tool_name: 'on', tool_input: { n: 1 } }] },
      { query: 'Off', reference: 'Done' },
    ];
    const items = await readValues(adkEvalset, list, { array: true });
    const [trajectory, ...others] = trajectoriesOf(items);
    expect(others).toEqual([]);
    expect(trajectory?.task).toBe('some.json');
    expect(trajectory?.steps).toEqual([
      { type: 'message', role: 'user', content: 'On', turn: 1 },
      { type: 'tool_call', tool: 'on', args: { n: 1 }, turn: 1 },
      { type: 'message', role: 'user', content: 'Off', turn: 2 },
      { type: 'message', role: 'assistant', content: 'Done', turn: 2 },
    ]);
  });

  it('takes each named entry of a list for a conversation', async () => {
    const list = ['one', 'two'].map((name) => ({ name, data: [{ query: 'Hi' }] }));
    const items = await readValues(adkEvalset, list, { array: true, task: 'other' });
    expect(trajectoriesOf(items).map(({ task }) => task)).toEqual(['one', 'two']);
  });

  it('says where a case is broken', async () => {
    const turn = { user_content: { parts: [{ text: 'Hi' }] } };
    const stray = { ...turn, intermediate_data: { tool_responses: [{ name: 'a' }] } };
    const set = {
      eval_cases: [
        { eval_id: 'a', conversation: [] },
        { conversation: [turn] },
        { eval_id: 'c', conversation: [turn, stray] },
        { eval_id: 'd', evalId: 'd', conversation: [turn] },
        7,
      ],
    };
    expect(await faultsOf([set])).toEqual([
      'eval_cases[0]: Its "conversation" is an empty list, expected a turn at least',
      'eval_cases[1]: Its "eval_id" is nothing, expected a text',
      'eval_cases[2]: conversation[1]: Its "tool_responses[0]" answers no call of its turn',
      'eval_cases[3]: It has both "evalId" and "eval_id", expected one of them',
      'eval_cases[4]: It is 7, expected an object',
    ]);
    expect(await faultsOf([{ eval_cases: [] }])).toEqual(['Its "eval_cases" is an empty list']);
  });

  it('makes a trajectory or a fault with words of whatever stands there', async () => {
    const older = [{ name: 'x', data: [{ query: 'a', expected_tool_use: [{ tool_name: 'b' }] }] }];
    const mutated = fc.oneof(mutationsOf(evalSet), mutationsOf(older));
    await fc.assert(
      fc.asyncProperty(mutated, async (value) => {
        const items = await readValues(adkEvalset, [value]);
        expect(items.length).toBeGreaterThan(0);
        for (const item of items) {
          if ('fault' in item) expect(item.fault).toMatch(/\w/);
          else expect(readTrajectory(item.trajectory)).not.toHaveProperty('fault');
        }
      }),
    );
  });
});

describe('adkEvalset.detect()', () => {
  it('knows all forms and nothing else', () => {
    const older = { query: 'a', expected_tool_use: [] };
    expect(adkEvalset.detect([evalSet])).toBe(1);
    expect(adkEvalset.detect([older])).toBe(0.9);
    expect(adkEvalset.detect([{ name: 'x', data: [older] }])).toBe(0.9);
    expect(adkEvalset.detect([{ messages: [] }, 3, null, { events: [] }])).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { asks, call, recordOf, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Tools } from '../model/tool.ts';
import type { Step } from '../model/trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

const model = (usage: unknown, cost_usd?: number) =>
  ({ type: 'model', usage, ...(cost_usd !== undefined && { cost_usd }) }) as Step; // hostile figures too

const full = { input_tokens: 10, output_tokens: 5, cached_tokens: 100 };

const blockedBy = (blocked: string): Step[] => [
  { type: 'tool_call', id: 'b', tool: 'pay', args: { n: 1 } },
  { type: 'tool_result', id: 'b', blocked },
];

interface Row {
  name: string;
  steps: Parameters<typeof trajectoryOf>[0];
  value: unknown;
  status: 'pass' | 'fail' | 'error';
  reason?: readonly string[];
}

const rows: Row[] = [
  {
    name: 'allows as many as the ceiling says',
    steps: [call('a'), call('b')],
    value: { tool_calls: 2 },
    status: 'pass',
  },
  {
    name: 'allows none above it',
    steps: [call('a'), call('b')],
    value: { tool_calls: 1 },
    status: 'fail',
    reason: ['tool_calls 2', '1'],
  },
  {
    name: 'counts attempts that were blocked',
    steps: [call('a', {}, { status: 'blocked' })],
    value: { tool_calls: 0 },
    status: 'fail',
  },
  {
    name: 'leaves the calls of the user out',
    steps: [call('a', {}, { actor: 'user' }), says('Hello')],
    value: { tool_calls: 0 },
    status: 'pass',
  },
  {
    name: 'counts model steps as turns',
    steps: [model(full), says('a'), call('b'), model(full), says('c')],
    value: { turns: 1 },
    status: 'fail',
    reason: ['turns 2'],
  },
  {
    name: 'counts unbroken runs of speech and calls as turns',
    steps: [
      says('a'),
      call('b', {}, { parallel: 'm' }),
      call('c', {}, { parallel: 'm' }),
      says('d'),
    ],
    value: { turns: 2 },
    status: 'pass',
  },
  {
    name: 'begins a turn after the user',
    steps: [says('a'), asks('b'), says('c')],
    value: { turns: 1 },
    status: 'fail',
  },
  {
    name: 'sums input and output, not what was cached',
    steps: [model(full), model(full)],
    value: { tokens: 30 },
    status: 'pass',
  },
  {
    name: 'fails above the tokens',
    steps: [model(full)],
    value: { tokens: 14 },
    status: 'fail',
    reason: ['tokens 15', '14'],
  },
  {
    name: 'is an error without any figure',
    steps: [says('a')],
    value: { tokens: 14 },
    status: 'error',
    reason: ['tokens'],
  },
  {
    name: 'is an error where one step tells no tokens',
    steps: [model(full), model(null)],
    value: { tokens: 15 },
    status: 'error',
    reason: ['tokens'],
  },
  {
    name: 'is an error where a step tells input alone',
    steps: [model({ input_tokens: 3 })],
    value: { tokens: 15 },
    status: 'error',
  },
  {
    name: 'fails where what is told is above already',
    steps: [model(full), model(null)],
    value: { tokens: 14 },
    status: 'fail',
  },
  {
    name: 'is an error without a cost',
    steps: [model(full)],
    value: { cost_usd: 1 },
    status: 'error',
    reason: ['cost_usd'],
  },
  {
    name: 'is an error where one step tells no cost',
    steps: [model(full, 0.5), model(full)],
    value: { cost_usd: 1 },
    status: 'error',
  },
  {
    name: 'sums costs',
    steps: [model(full, 0.5), model(full, 0.25)],
    value: { cost_usd: 0.7 },
    status: 'fail',
    reason: ['cost_usd 0.75', '0.7'],
  },
  {
    name: 'sums costs as decimals',
    steps: [model(full, 0.1), model(full, 0.2)],
    value: { cost_usd: 0.3 },
    status: 'pass',
  },
  {
    name: 'takes the time of the last step that has one',
    steps: [{ ...says('a'), at_ms: 1500 }, { ...says('b'), at_ms: 2500 }, says('c')],
    value: { seconds: 2 },
    status: 'fail',
    reason: ['seconds 2.5', '2'],
  },
  {
    name: 'is an error without times',
    steps: [says('a')],
    value: { seconds: 2 },
    status: 'error',
    reason: ['seconds'],
  },
  {
    name: 'counts calls with equal tool and arguments',
    steps: [call('a', { x: 1, y: 2 }), call('b'), call('a', { y: 2, x: 1 }), call('a', { x: 2 })],
    value: { repeats: 1 },
    status: 'fail',
    reason: ['repeats 2'],
  },
  {
    name: 'tells tools and arguments apart',
    steps: [call('a', { x: 1 }), call('a', { x: '1' }), call('a', {}), call('b', { x: 1 })],
    value: { repeats: 1 },
    status: 'pass',
  },
  {
    name: 'counts no repeats without calls',
    steps: [says('a')],
    value: { repeats: 0 },
    status: 'pass',
  },
  {
    name: 'decides by a ceiling that was passed before a figure that is missing',
    steps: [call('a')],
    value: { tool_calls: 0, tokens: 5 },
    status: 'fail',
  },
];

const TOOLS: Tools = {
  look: { effect: 'read' },
  set: { effect: 'write' },
  pay: { effect: 'irreversible' },
  mail: { effect: 'write', external: true },
  odd: {},
};

const x = { actor: 'x' };
const modelOf = (actor: string | undefined, input_tokens: number) => ({
  ...model({ input_tokens, output_tokens: 0 }),
  ...(actor !== undefined && { actor }),
});

const effectRows: Row[] = [
  {
    name: 'counts irreversible calls as writes',
    steps: [call('look'), call('set'), call('pay')],
    value: { writes: 1, irreversible: 1 },
    status: 'fail',
    reason: ['writes 2 is above the ceiling of 1'],
  },
  {
    name: 'allows as many effects as the ceiling says',
    steps: [call('look'), call('set'), call('pay'), call('mail')],
    value: { writes: 3, irreversible: 1, external: 1 },
    status: 'pass',
    reason: ['writes 3 of 3'],
  },
  {
    name: 'counts what failed or was not answered: nobody knows what it did',
    steps: [call('pay', {}, { status: 'failed' }), call('pay', {}, { status: 'unknown' })],
    value: { irreversible: 1 },
    status: 'fail',
  },
  {
    name: 'leaves out what a rule blocked',
    steps: [call('pay', {}, { status: 'blocked' }), call('pay')],
    value: { irreversible: 1 },
    status: 'pass',
  },
  {
    name: 'counts what a ceiling blocked as the one above it',
    steps: [call('pay'), ...blockedBy('limit')],
    value: { irreversible: 1 },
    status: 'fail',
  },
  {
    name: 'counts an effect that is not declared as every effect',
    steps: [call('odd')],
    value: { irreversible: 0 },
    status: 'fail',
  },
  {
    name: 'counts a tool that nobody declared for every budget',
    steps: [call('constructor')],
    value: { external: 0 },
    status: 'fail',
  },
  {
    name: 'leaves the writes of the user out',
    steps: [call('pay', {}, { actor: 'user' })],
    value: { writes: 0 },
    status: 'pass',
  },
  {
    name: 'counts the calls of one actor',
    steps: [call('look', {}, x), call('look', {}, x), call('look', {}, { actor: 'y' })],
    value: { actors: { x: { tool_calls: 1 }, y: { tool_calls: 1 } } },
    status: 'fail',
    reason: ['actors.x.tool_calls 2 is above the ceiling of 1'],
  },
  {
    name: 'lets an actor do as much as its ceiling says, and one that never acted do nothing',
    steps: [call('pay', {}, x), call('look', {}, { actor: 'y' })],
    value: { actors: { x: { irreversible: 1, turns: 1 }, z: { tool_calls: 0, tokens: 0 } } },
    status: 'pass',
  },
  {
    name: 'is an error where a call that nobody is named for would be too much',
    steps: [call('look', {}, x), call('look')],
    value: { actors: { x: { tool_calls: 1 } } },
    status: 'error',
    reason: ['actors.x.tool_calls'],
  },
  {
    name: 'passes where what nobody is named for would be within the ceiling as well',
    steps: [call('look', {}, x), call('look')],
    value: { actors: { x: { tool_calls: 2, turns: 2 } } },
    status: 'pass',
  },
  {
    name: 'takes runs of calls by one actor for its turns',
    steps: [
      call('look', {}, { ...x, parallel: 'p' }),
      call('look', {}, { ...x, parallel: 'p' }),
      call('look', {}, { actor: 'y' }),
      call('look', {}, x),
    ],
    value: { actors: { x: { turns: 1 } } },
    status: 'fail',
    reason: ['actors.x.turns 2'],
  },
  {
    name: 'sums the tokens of one actor',
    steps: [modelOf('x', 5), modelOf('y', 9), modelOf('x', 5)],
    value: { actors: { x: { tokens: 9, turns: 2 }, y: { tokens: 9 } } },
    status: 'fail',
    reason: ['actors.x.tokens 10 is above the ceiling of 9'],
  },
  {
    name: 'is an error where tokens that nobody is named for would be too much',
    steps: [modelOf('x', 5), modelOf(undefined, 5)],
    value: { actors: { x: { tokens: 9 } } },
    status: 'error',
  },
  {
    name: 'is an error where an actor acts and tells no tokens',
    steps: [call('look', {}, x), modelOf('y', 5)],
    value: { actors: { x: { tokens: 9 } } },
    status: 'error',
  },
  {
    name: 'is an error where one model step of an actor tells no cost',
    steps: [
      { ...model(full, 0.1), ...x },
      { ...model(full), ...x },
    ],
    value: { actors: { x: { cost_usd: 1 } } },
    status: 'error',
  },
];

describe('limits', () => {
  it.each([...rows, ...effectRows])('$name', async ({ steps, value, status, reason = [] }) => {
    const verdict = await verdictOf(trajectoryOf(steps), 'limits', value, { tools: TOOLS });
    expect(verdict.status).toBe(status);
    for (const words of reason) expect(verdict.reason).toContain(words);
  });

  it('shows the calls that repeat each other', async () => {
    const steps = [call('a'), call('b'), call('a'), call('a')];
    const { evidence } = await verdictOf(trajectoryOf(steps), 'limits', { repeats: 1 });
    expect(evidence).toEqual([0, 4, 6]);
  });

  it('takes a step of somebody else for no break of a turn', async () => {
    const steps = [says('a'), { type: 'x-span' }, says('b')];
    expect((await verdictOf(recordOf(steps), 'limits', { turns: 1 })).status).toBe('pass');
  });

  it('counts every call for every budget where no tools are declared', async () => {
    const record = trajectoryOf([call('look'), call('set')]);
    for (const key of ['writes', 'irreversible', 'external']) {
      expect((await verdictOf(record, 'limits', { [key]: 1 })).status).toBe('fail');
      expect((await verdictOf(record, 'limits', { [key]: 2 })).status).toBe('pass');
    }
  });

  it('takes an effect above its budget for a violation, and no other ceiling', async () => {
    const record = trajectoryOf([call('set'), call('set')]);
    const kindOf = async (value: object) => (await verdictOf(record, 'limits', value)).kind;
    expect(await kindOf({ writes: 1 })).toBe('safety');
    expect(await kindOf({ writes: 1, tool_calls: 1 })).toBe('safety');
    expect(await kindOf({ writes: 2, tool_calls: 1 })).toBe('rule');
    expect(await kindOf({ writes: 2 })).toBe('rule');
  });

  it('is an error where nobody watched the calls', async () => {
    const blind = trajectoryOf([says('a')], { calls: 'not_captured' });
    for (const value of [{ writes: 1 }, { actors: { x: { external: 1 } } }]) {
      expect((await verdictOf(blind, 'limits', value)).status).toBe('error');
    }
  });

  it.each([
    {},
    { actors: {} },
    { actors: { x: {} } },
    { actors: { x: { seconds: 1 } } },
    { turn: 1 },
    { turns: -1 },
    { turns: '1' },
    { seconds: Number.NaN },
  ])('refuses %j', async (value) => {
    const judged = verdictOf(trajectoryOf([says('a')]), 'limits', value);
    await expect(judged).rejects.toMatchObject({ code: 'suite_fault' });
  });
});

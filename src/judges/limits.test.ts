import { describe, expect, it } from 'vitest';
import { asks, call, recordOf, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Step } from '../model/trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

const model = (usage: unknown, cost_usd?: number) =>
  ({ type: 'model', usage, ...(cost_usd !== undefined && { cost_usd }) }) as Step; // hostile figures too

const full = { input_tokens: 10, output_tokens: 5, cached_tokens: 100 };

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

describe('limits', () => {
  it.each(rows)('$name', async ({ steps, value, status, reason = [] }) => {
    const verdict = await verdictOf(trajectoryOf(steps), 'limits', value);
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

  it.each([{}, { turn: 1 }, { turns: -1 }, { turns: '1' }, { seconds: Number.NaN }])(
    'refuses %j',
    async (value) => {
      const judged = verdictOf(trajectoryOf([says('a')]), 'limits', value);
      await expect(judged).rejects.toMatchObject({ code: 'suite_fault' });
    },
  );
});

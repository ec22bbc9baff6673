import { describe, expect, it } from 'vitest';
import { viewOf } from '../match/view.ts';
import { Trajectory } from '../model/trajectory.ts';
import { ask, hostOfTools } from '../tools/hosted.test-support.ts';
import { reviewedMocks } from './reviewed-mocks.ts';

type Told = readonly [args: unknown, answer: object];

function callsOf(told: readonly Told[]) {
  const steps = told.flatMap(([args, answer], index) => [
    { type: 'tool_call', id: `c${index}`, tool: 'look', args },
    { type: 'tool_result', id: `c${index}`, ...answer },
  ]);
  const head = { schema_version: 1, task: 'a', agent: 'a', trial: 1, stop: 'completed' };
  return viewOf(Trajectory.parse({ ...head, steps })).calls;
}

async function replayed(...trials: (readonly Told[])[]) {
  const mocks = reviewedMocks({});
  for (const [index, told] of trials.entries()) mocks.add(`t${index}`, callsOf(told));
  const host = (await hostOfTools(mocks.tools())).start({});
  return { mocks, ask: (args: unknown) => ask(host, 'look', args) };
}

describe('reviewedMocks()', () => {
  it.each<[string, Told[]]>([
    [
      'other arguments',
      [
        [{ id: 1 }, { result: 1 }],
        [{ id: 2 }, { result: 2 }],
      ],
    ],
    [
      'equal arguments that were answered otherwise, in their order',
      [
        [{ id: 1 }, { error: { code: 'timeout', message: 'Timed out' } }],
        [{ id: 1 }, { result: 1 }],
        [{ id: 1 }, { result: 1 }],
        [{ id: 1 }, { result: null }],
        [{ id: 1 }, { result: null }],
      ],
    ],
    [
      'arguments that are a part of others',
      [
        [{}, { result: 0 }],
        [{ id: 1 }, { result: 1 }],
        [{ id: 1, all: true }, { result: 2 }],
        [{ q: { a: 1 } }, { result: 3 }],
        [{ q: { a: 1, b: 2 } }, { result: 4 }],
        [{ q: [1, 2] }, { result: 5 }],
        [{ q: [2, 1] }, { result: 6 }],
      ],
    ],
    [
      'data with signs that suites read',
      [
        [{ $eq: 1 }, { result: { $ref: 'x' } }],
        [{ id: '{{id}}' }, { result: '{{id}}' }],
        [{ ['__proto__']: 1 }, { result: { constructor: 1 } }],
      ],
    ],
  ])('answers as the tools did: %s', async (_, told) => {
    const trial = await replayed(told);
    for (const [args, answer] of told) expect(await trial.ask(args)).toEqual(answer);
  });

  it('answers no call that was never made', async () => {
    const trial = await replayed([[{}, { result: 1 }]]);
    await expect(trial.ask({ id: 1 })).rejects.toMatchObject({ code: 'mock_fault' });
  });

  it('keeps the answers of the first trial where a later one got others, and says so', async () => {
    const trial = await replayed(
      [[{ id: 1 }, { result: 1 }]],
      [[{ id: 1 }, { result: 2 }]],
      [[{ id: 1 }, { result: 1 }]],
    );
    expect(await trial.ask({ id: 1 })).toEqual({ result: 1 });
    const words = 't1 was answered otherwise than t0, whose answers stand';
    expect([...trial.mocks.remarks()]).toEqual([['look', [words]]]);
  });

  it.each([
    ['error', { error: 'Gone' }, { message: 'Gone' }],
    ['an error that is data', { error: { status: 404 } }, { message: '{"status":404}' }],
    ['an empty one', { error: { message: '' } }, { message: '{"message":""}' }],
  ])('tells an error as a suite can: %s', async (_, answer, wanted) => {
    const trial = await replayed([[{ id: 1 }, answer]]);
    expect(await trial.ask({ id: 1 })).toEqual({ error: wanted });
  });

  it('takes 100,000 calls in a time that grows with them', () => {
    const told = Array.from({ length: 100_000 }, (_, id): Told => [{ id: id % 7 }, { result: id }]);
    const mocks = reviewedMocks({});
    mocks.add('a', callsOf(told));
    expect(mocks.tools()['look']?.mock).toMatchObject({ entries: { length: 100_000 } });
  });
});

import { describe, expect, it } from 'vitest';
import { call, handsOver, recordOf, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { judge } from './judge-trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

const range = (count: number) => Array.from({ length: count }, (_, at) => at);

/** So many calls and as many results: 10⁵ steps. */
const MANY = 50_000;
const equal = trajectoryOf(range(MANY).map(() => call('poll', { id: 1 }, { result: 'pending' })));
const distinct = trajectoryOf(range(MANY).map((id) => call('read', { id }, { result: { id } })));

/** Each call needs one of as many others, the last first. */
const inPairs = trajectoryOf([
  ...range(MANY / 2).map((id) => call('ask', { id })),
  ...range(MANY / 2).map((id) => call('pay', { id: MANY / 2 - 1 - id })),
]);

// A pass over such a trajectory takes well under a second; one that looks at every pair takes minutes
describe('10⁵ steps', () => {
  it.each<[name: string, trajectory: Trajectory, key: string, value: unknown, status: string]>([
    ['exact', equal, 'calls', { exact: [{ poll: { id: 1 }, times: { min: 1 } }] }, 'pass'],
    ['exact, failing', equal, 'calls', { exact: ['poll', 'poll', 'stop'] }, 'fail'],
    ['exact: []', equal, 'calls', { exact: [] }, 'fail'],
    [
      'in_order',
      distinct,
      'calls',
      { in_order: [{ read: { id: 7 } }, { read: { id: MANY - 1 } }] },
      'pass',
    ],
    [
      'in_order, failing',
      distinct,
      'calls',
      { in_order: [{ read: { id: 9 } }, { read: { id: 8 } }] },
      'fail',
    ],
    [
      'in_order with a group',
      distinct,
      'calls',
      { in_order: [{ any_order: [{ read: { id: 9 } }, { read: { id: 8 } }] }] },
      'pass',
    ],
    [
      'any_order',
      distinct,
      'calls',
      { any_order: [{ read: { id: 9 } }, { read: { id: 8 } }] },
      'pass',
    ],
    ['unordered', equal, 'calls', { unordered: [{ poll: { id: 1 }, times: { min: 1 } }] }, 'pass'],
    ['subset', equal, 'calls', { subset: [{ poll: { id: 1 }, times: { min: 1 } }] }, 'pass'],
    ['count', equal, 'calls', { count: { poll: MANY } }, 'pass'],
    ['never', distinct, 'never', [{ read: { id: MANY } }, 'write'], 'pass'],
    [
      'before',
      distinct,
      'before',
      [{ first: { read: { id: 0 } }, then: { read: { id: { $gt: 0 } } } }],
      'pass',
    ],
    [
      'before with captures',
      inPairs,
      'before',
      [{ first: { ask: { id: { $as: 'id' } } }, then: { pay: { id: { $ref: 'id' } } } }],
      'pass',
    ],
    ['last', distinct, 'last', { of: 'read', is: { read: { id: MANY - 1 } } }, 'pass'],
    [
      'totals',
      distinct,
      'totals',
      [{ of: 'read', arg: 'id', must: (MANY * (MANY - 1)) / 2 }],
      'pass',
    ],
    ['limits', distinct, 'limits', { tool_calls: MANY, turns: MANY, repeats: 1 }, 'pass'],
    ['no_loops', distinct, 'no_loops', true, 'pass'],
    ['no_loops, failing', equal, 'no_loops', true, 'fail'],
    ['not', distinct, 'not', [{ calls: { any_order: ['write'] } }], 'pass'],
  ])('are judged by %s', async (_, trajectory, key, value, status) => {
    expect((await verdictOf(trajectory, key, value)).status).toBe(status);
  });

  it('are judged where captures bind calls that stand far apart', async () => {
    const value = {
      in_order: [
        { read: { id: { $as: 'id' } } },
        { read: { id: { $gt: { $ref: 'id' }, $gte: MANY - 1 } } },
      ],
    };
    expect((await verdictOf(distinct, 'calls', value)).status).toBe('pass');
  });

  it('are judged where messages and hand-overs are as many', async () => {
    const spoken = recordOf(range(2 * MANY).map((at) => says(`m${at}`)));
    expect((await judge(spoken, { says: ['m99999'], answer: 'm99999' })).status).toBe('pass');
    const handed = trajectoryOf([
      ...range(2 * MANY).map((at) => handsOver(`a${at}`, `a${at + 1}`)),
      says('Done'),
    ]);
    expect(
      (await judge(handed, { handoffs: { in_order: ['a1', 'a99999'] }, no_loops: true })).status,
    ).toBe('pass');
  });

  it('are paired where nothing is answered, or everything late', async () => {
    const open = (id: string | null) =>
      range(MANY).map((at) => ({ type: 'tool_call', id: id ?? `c${at}`, tool: 't', args: {} }));
    expect((await judge(recordOf(open(null)), { never: ['x'] })).status).toBe('pass');
    const late = [
      ...open(null),
      ...range(MANY)
        .toReversed()
        .map((at) => ({ type: 'tool_result', id: `c${at}`, result: at })),
    ];
    expect((await judge(recordOf(late), { never: ['x'] })).status).toBe('pass');
    const blank = [
      ...open(''),
      ...range(MANY).map((at) => ({ type: 'tool_result', id: '', result: at })),
    ];
    expect((await judge(recordOf(blank), { never: ['x'] })).status).toBe('pass');
  });

  it('keep the reason and the alignment short', async () => {
    const verdict = await verdictOf(equal, 'calls', { exact: ['poll'] });
    expect(verdict.reason.length).toBeLessThan(1000);
    expect(verdict.reason).toContain('49998 more');
    expect(JSON.stringify(verdict.details).length).toBeLessThan(100_000);
  });
});

describe('calls that are left over', () => {
  it('are not compared with each other', async () => {
    const many = trajectoryOf(range(20_000).map(() => call('poll', { id: 1 })));
    const { status } = await verdictOf(many, 'calls', { any_order: ['poll', 'poll', 'poll'] });
    expect(status).toBe('pass');
  });
});

describe('captures among many calls', () => {
  const some = trajectoryOf(range(2000).map((id) => call('read', { id })));

  it('are decided where there is no order, or given up early', async () => {
    const value = {
      any_order: [
        { read: { id: { $as: 'id' } }, times: { min: 1 } },
        { read: { id: { $ref: 'id' } } },
      ],
    };
    expect(['fail', 'error']).toContain((await verdictOf(some, 'calls', value)).status);
  });

  it('are found in any order', async () => {
    const many = trajectoryOf([
      ...range(2000).map((id) => call('read', { id })),
      call('pay', { id: 1500 }),
    ]);
    const value = { any_order: [{ read: { id: { $as: 'id' } } }, { pay: { id: { $ref: 'id' } } }] };
    expect((await verdictOf(many, 'calls', value)).status).toBe('pass');
  });
});

describe('calls issued together', () => {
  it('are put in order by the hundred', async () => {
    const ids = range(300);
    const together = trajectoryOf(ids.map((id) => call('t', { id }, { parallel: 'm1' })));
    const value = { exact: ids.toReversed().map((id) => ({ t: { id } })) };
    expect((await verdictOf(together, 'calls', value)).status).toBe('pass');
  });

  it.each(['exact', 'in_order'])('are assigned to patterns that overlap: %s', async (mode) => {
    const some = (i: number) => ({ a: { x: { $in: [i, (i * 7 + 3) % 40, (i * 3 + 1) % 40] } } });
    const together = (size: number) =>
      trajectoryOf(range(size).map((i) => call('a', { x: (i * 11) % 40 }, { parallel: 'm1' })));
    const value = { [mode]: range(40).map(some) };
    expect((await verdictOf(together(40), 'calls', value)).status).toBe('pass');
    const { status, score } = await verdictOf(together(39), 'calls', value);
    expect([status, score]).toEqual(['fail', 39 / 40]);
  });

  it('are put in order before thousands of others', async () => {
    const pair = ['a', 'b'].map((tool) => call(tool, {}, { parallel: 'm1' }));
    const value = { exact: ['b', { tool: 'a', times: { min: 1 } }] };
    const many = range(5000).map(() => call('a'));
    const status = async (parts: ReturnType<typeof call>[]) =>
      (await verdictOf(trajectoryOf(parts), 'calls', value)).status;
    expect(await status([...pair, ...many])).toBe('pass');
    expect(await status([...many, ...pair])).toBe('fail');
  });

  it('are put in order around others', async () => {
    const parts = range(60).map((id) => call('t', { id }, id % 3 === 0 ? {} : { parallel: 'm1' }));
    const value = { exact: range(60).map((id) => ({ t: { id } })) };
    expect((await verdictOf(trajectoryOf(parts), 'calls', value)).status).toBe('pass');
  });
});

describe('a group in any order', () => {
  it.each([31, 200])('of %j patterns is decided', async (size) => {
    const value = { in_order: [{ any_order: range(size).map((id) => `t${id}`) }, 'e'] };
    const made = range(size).map((id) => call(`t${size - 1 - id}`));
    const [whole, part] = [trajectoryOf([...made, call('e')]), trajectoryOf(made.slice(1))];
    expect((await verdictOf(whole, 'calls', value)).status).toBe('pass');
    const { status, score } = await verdictOf(part, 'calls', value);
    expect([status, score]).toEqual(['fail', (size - 1) / (size + 1)]);
  });

  it('of patterns that overlap is decided', async () => {
    const some = (i: number) => ({ a: { x: { $in: [i, (i * 7 + 3) % 20, (i * 3 + 1) % 20] } } });
    const value = { in_order: [{ any_order: range(20).map(some) }] };
    const made = trajectoryOf(range(20).map((i) => call('a', { x: (i * 11) % 20 })));
    expect((await verdictOf(made, 'calls', value)).status).toBe('pass');
  });

  it('is decided in long trajectories', async () => {
    const made = trajectoryOf([...range(5000).map(() => call('a')), call('b')]);
    const value = { exact: [{ any_order: ['b', 'a'] }] };
    expect((await verdictOf(made, 'calls', value)).score).toBeCloseTo(2 / 5001, 12);
  });
});

describe('orders that are too many to try', () => {
  it('need not be tried where no order could do better', async () => {
    const pair = ['x', 'y'].map((tool) => call(tool, {}, { parallel: 'm1' }));
    const made = range(40).map((id) => call(`t${39 - id}`));
    const value = { in_order: [{ any_order: range(41).map((id) => `t${id}`) }, 'x'] };
    const { status, score } = await verdictOf(trajectoryOf([...made, ...pair]), 'calls', value);
    expect([status, score]).toEqual(['fail', 41 / 42]);
    const whole = trajectoryOf([call('t40'), ...made, ...pair]);
    expect((await verdictOf(whole, 'calls', value)).status).toBe('pass');
  });

  it('pass where the calls come as they are listed', async () => {
    const parts = range(40).map((id) => call('t', { id }));
    const value = { in_order: [{ any_order: range(40).map((id) => ({ t: { id } })) }] };
    expect((await verdictOf(trajectoryOf(parts), 'calls', value)).status).toBe('pass');
  });

  it('are never guessed otherwise', async () => {
    const parts = range(40).map((id) => call('t', { id }));
    const value = { in_order: [{ any_order: range(41).map((id) => ({ t: { id } })) }] };
    expect(['fail', 'error']).toContain(
      (await verdictOf(trajectoryOf(parts), 'calls', value)).status,
    );
  });
});

describe('values that say where they come from', () => {
  it('are looked up, not searched for in every earlier result', async () => {
    const row = (at: number) => `row-${at}`;
    const parts = range(10_000).map((at) =>
      call('next', { after: row(at) }, { result: { row: row(at + 1) } }),
    );
    const trajectory = trajectoryOf(parts);
    const { status } = await verdictOf(
      trajectory,
      'grounded',
      { next: ['after'] },
      { input: row(0) },
    );
    expect(status).toBe('pass');
  });
});

/** A value nested so deeply. */
function nested(depth: number, leaf: unknown, inList: boolean): unknown {
  let value = leaf;
  for (let at = 0; at < depth; at++) value = inList ? [value] : { a: value };
  return value;
}

describe('arguments nested 10⁴ levels deep', () => {
  it.each([false, true])('end in a verdict of every rule (in lists: %j)', async (inList) => {
    const deep = nested(10_000, 'x', inList);
    const parts = [
      call('t', { deep }, { result: deep }),
      call('t', { deep }, { result: deep }),
      says('Done'),
    ];
    const { verdicts } = await judge(trajectoryOf(parts), {
      calls: [
        { exact: ['t', 't'] },
        { in_order: [{ t: { deep: 1 } }] },
        { in_order: [{ t: { deep: { $as: 'v' } } }, { t: { deep: { $ref: 'v' } } }] },
        { any_order: [{ t: { deep: { $partial: { a: 1 } } } }] },
      ],
      never: [{ t: { deep: { $regex: 'x' } } }, { t: { deep: { $each: { $contains: 1 } } } }],
      before: [{ first: { t: { deep: { $as: 'v' } } }, then: { t: { deep: { $ref: 'v' } } } }],
      last: { of: 't', is: { t: {} } },
      totals: [{ of: 't', arg: 'deep', must: 0 }],
      grounded: { t: ['deep'] },
      no_loops: true,
      limits: { repeats: 1 },
      check: './check.ts',
      not: [{ calls: { exact: [{ t: { deep: [] } }] } }],
    });
    expect(verdicts).toHaveLength(14);
    for (const { status, reason } of verdicts) {
      expect(['pass', 'fail', 'error']).toContain(status);
      expect(reason.length).toBeLessThan(2000);
    }
  });

  it('are compared where the stack allows it, and an error that says so beyond', async () => {
    const deep = nested(200_000, 'x', false);
    const trajectory = trajectoryOf([call('t', { deep }), call('t', { deep })]);
    for (const [key, value] of [
      ['no_loops', true],
      ['limits', { repeats: 1 }],
      ['calls', { in_order: [{ t: { deep: { $as: 'v' } } }, { t: { deep: { $ref: 'v' } } }] }],
    ] as const) {
      const { status, reason } = await verdictOf(trajectory, key, value);
      expect(['pass', 'fail', 'error']).toContain(status);
      if (status === 'error') expect(reason).toMatch(/deep/);
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { Step } from '../model/trajectory.ts';
import { pairCalls } from './calls.ts';
import { ABSENT, NOT_KNOWN } from './tri.ts';

const called = (tool: string, id?: string | null, args: unknown = {}): Step => ({
  type: 'tool_call',
  tool,
  args,
  ...(id !== undefined && { id }),
});
const answered = (result: unknown, id?: string | null, tool?: string): Step => ({
  type: 'tool_result',
  result,
  ...(id !== undefined && { id }),
  ...(tool !== undefined && { tool }),
});
const approval = (id: string, decision: string, args?: unknown): Step =>
  ({ type: 'approval', id, decision, ...(args !== undefined && { args }) }) as Step; // the decisions are known ones

const shown = (steps: readonly Step[]) =>
  pairCalls(steps).calls.map(({ tool, status, result }) => [tool, status, result]);

describe('pairCalls()', () => {
  it('gives a result to the earliest call of its id that has none', () => {
    const steps = [
      called('read', 'a'),
      called('write', 'b'),
      answered('written', 'b'),
      answered('seen', 'a'),
    ];
    expect(shown(steps)).toEqual([
      ['read', 'ok', 'seen'],
      ['write', 'ok', 'written'],
    ]);
    expect(pairCalls(steps).calls.map(({ resultStep }) => resultStep)).toEqual([3, 2]);
  });

  it('takes an id again once its call is answered', () => {
    const steps = [called('read', '1'), answered(1, '1'), called('read', '1'), answered(2, '1')];
    expect(pairCalls(steps).fault).toBeNull();
    expect(shown(steps)).toEqual([
      ['read', 'ok', 1],
      ['read', 'ok', 2],
    ]);
  });

  it.each([undefined, null, ''])(
    'gives a result with the blank id %j to the earliest of its tool',
    (id) => {
      const steps = [
        called('read', id),
        called('write', id),
        called('read', id),
        answered('w', id, 'write'),
        answered('r1', id, 'read'),
        answered('r2', id, 'read'),
      ];
      expect(shown(steps)).toEqual([
        ['read', 'ok', 'r1'],
        ['write', 'ok', 'w'],
        ['read', 'ok', 'r2'],
      ]);
    },
  );

  it('gives a result without id or tool to the earliest call of all', () => {
    const steps = [called('read', ''), called('write', ''), answered('r', ''), answered('w', '')];
    expect(shown(steps)).toEqual([
      ['read', 'ok', 'r'],
      ['write', 'ok', 'w'],
    ]);
  });

  it('lets many calls with a blank id wait at the same time', () => {
    const steps = [...Array.from({ length: 50 }, () => called('poll', '')), answered('x', '')];
    const { calls, fault } = pairCalls(steps);
    expect(fault).toBeNull();
    expect(calls.map(({ status }) => status)).toEqual(['ok', ...Array(49).fill('unknown')]);
  });

  it.each([
    ['no call awaits', [called('read', 'a'), answered(1, 'a'), answered(2, 'a')], 2],
    ['no call awaits', [answered(1, 'a'), called('read', 'a')], 0],
    ['no call awaits', [called('read', 'a'), answered(1, 'b')], 1],
    ['no call awaits', [called('read', ''), answered(1, ''), answered(2, '')], 2],
    ['no call awaits', [called('read', ''), answered(1, '', 'write')], 1],
    ['has no result yet', [called('read', 'a'), called('write', 'a')], 1],
  ])('finds a fault where a result or an id is one that %s', (words, steps, at) => {
    const { fault } = pairCalls(steps);
    expect(fault).toContain(words);
    expect(fault).toContain(`Step ${at}`);
  });

  it('gives results that name only a tool to the earliest call of it, among very many behind an open one', () => {
    const steps: Step[] = [called('open', '')];
    const tools = ['a', 'b', 'c'];
    for (let at = 0; at < 40_000; at++) {
      steps.push(called(tools[at % 3] ?? '', ''));
      if (at % 3 === 2) {
        for (const tool of ['c', 'a', 'b'])
          steps.push({ type: 'tool_result', id: '', tool, result: at });
      }
    }
    const { calls, fault } = pairCalls(steps);
    expect(fault).toBe(null);
    expect(calls[0]?.status).toBe('unknown');
    const late = calls.slice(1, 39_997).filter(({ status }) => status !== 'ok');
    expect(late).toEqual([]);
    expect(calls.slice(1, 7).map(({ result }) => result)).toEqual([2, 2, 2, 5, 5, 5]);
  });

  it('finds the second unanswered call of an id among hundreds that wait', () => {
    const open = Array.from({ length: 300 }, (_, at) => called('read', `id${at}`));
    expect(pairCalls([...open, called('read', 'id150')]).fault).toContain('"id150"');
    const { calls, fault } = pairCalls([
      ...open,
      answered('late', 'id150'),
      called('read', 'id150'),
    ]);
    expect(fault).toBeNull();
    expect(calls[150]).toMatchObject({ result: 'late', resultStep: 300 });
    expect(calls[300]).toMatchObject({ status: 'unknown' });
  });

  it('tells the four states of a call apart', () => {
    const steps: Step[] = [
      called('t', 'ok'),
      { type: 'tool_result', id: 'ok' },
      called('t', 'null'),
      { type: 'tool_result', id: 'null', result: null, error: null, blocked: null },
      called('t', 'failed'),
      { type: 'tool_result', id: 'failed', error: { message: 'No', code: 'gone' } },
      called('t', 'text'),
      { type: 'tool_result', id: 'text', error: 'No' },
      called('t', 'blocked'),
      { type: 'tool_result', id: 'blocked', blocked: 'policy' },
      called('t', 'untold'),
      { type: 'tool_result', id: 'untold', error: { unknown: true } },
      called('t', 'open'),
    ];
    const { calls } = pairCalls(steps);
    expect(calls.map(({ id, status }) => [id, status])).toEqual([
      ['ok', 'ok'],
      ['null', 'ok'],
      ['failed', 'failed'],
      ['text', 'failed'],
      ['blocked', 'blocked'],
      ['untold', 'unknown'],
      ['open', 'unknown'],
    ]);
    expect(calls[2]?.error).toEqual({ message: 'No', code: 'gone' });
    expect(calls[0]?.error).toBe(ABSENT);
    expect(calls[4]?.result).toBe(ABSENT);
    expect(calls[6]?.result).toBe(NOT_KNOWN);
  });

  it('does not take a call for blocked that answered, or where nothing says what blocked it', () => {
    const steps: Step[] = ['policy', true, ''].flatMap((blocked, at) => [
      called('t', `a${at}`),
      { type: 'tool_result', id: `a${at}`, blocked, result: 'sent' },
      called('t', `b${at}`),
      { type: 'tool_result', id: `b${at}`, blocked },
    ]);
    const states = pairCalls(steps).calls.map(({ status }) => status);
    expect(states).toEqual(['unknown', 'blocked', 'unknown', 'blocked', 'unknown', 'unknown']);
  });

  it('never takes arguments that were not captured for an empty object', () => {
    for (const args_missing of ['not_captured', 'redacted', 'unparsable'] as const) {
      const step: Step = {
        type: 'tool_call',
        id: 'a',
        tool: 't',
        args_missing,
        args_raw: '{"x": ',
      };
      expect(pairCalls([step]).calls[0]?.args).toBe(NOT_KNOWN);
    }
  });

  it('gives a call the arguments that an approval changed, and keeps those that were asked for', () => {
    const steps = [
      called('refund', 'a', { amount: 90 }),
      approval('a', 'modify', { amount: 40 }),
      answered('done', 'a'),
      called('refund', 'a', { amount: 90 }),
      answered('done', 'a'),
    ];
    const { calls } = pairCalls(steps);
    expect(calls.map(({ args, asked }) => [args, asked])).toEqual([
      [{ amount: 40 }, { amount: 90 }],
      [{ amount: 90 }, { amount: 90 }],
    ]);
  });

  it('gives an approval without an open call of its id to the next call of that id', () => {
    const steps = [
      approval('a', 'modify', { amount: 40 }),
      called('refund', 'a', { amount: 90 }),
      answered('done', 'a'),
      called('refund', 'a', { amount: 70 }),
    ];
    expect(pairCalls(steps).calls.map(({ args }) => args)).toEqual([
      { amount: 40 },
      { amount: 70 },
    ]);
  });

  it.each(['approve', 'deny', 'terminate', 'expire'])(
    'leaves the arguments alone where an approval says %s',
    (decision) => {
      const steps = [called('refund', 'a', { amount: 90 }), approval('a', decision, { amount: 1 })];
      expect(pairCalls(steps).calls[0]?.args).toEqual({ amount: 90 });
    },
  );

  it('ignores an approval that belongs to no call', () => {
    const steps = [called('read', 'a'), answered(1, 'a'), approval('z', 'modify', { x: 1 })];
    expect(pairCalls(steps)).toMatchObject({ fault: null, calls: [{ args: {}, status: 'ok' }] });
  });

  const decided = (steps: readonly Step[]) => pairCalls(steps).calls.map((one) => one.approval);

  it.each<[string, Step[], number[]]>([
    ['an open call of its id', [called('pay', 'a'), approval('a', 'deny'), answered(1, 'a')], [1]],
    [
      'the next call of its id',
      [approval('a', 'approve'), called('pay', 'a'), called('pay', 'b')],
      [0, -1],
    ],
    [
      'a call only once',
      [called('p', 'a'), approval('a', 'approve'), answered(1, 'a'), called('p', 'a')],
      [1, -1],
    ],
    [
      'no call that has its result',
      [called('pay', 'a'), answered(1, 'a'), approval('a', 'approve')],
      [-1],
    ],
    [
      'a call that uses the id again',
      [called('p', 'a'), answered(1, 'a'), approval('a', 'deny'), called('p', 'a')],
      [-1, 2],
    ],
    [
      'no call of another id',
      [called('pay', 'a'), approval('A', 'approve'), approval('a ', 'approve')],
      [-1],
    ],
    [
      'no call without an id',
      [called('pay', ''), approval('', 'approve'), approval(' ', 'approve')],
      [-1],
    ],
    [
      'the right one of parallel calls',
      [called('p', 'a'), called('p', 'b'), approval('b', 'deny'), approval('a', 'approve')],
      [3, 2],
    ],
    [
      'a tool call of the prototype',
      [approval('__proto__', 'deny'), called('p', 'a'), called('p', '__proto__')],
      [-1, 0],
    ],
  ])('gives a decision to %s', (_, steps, wanted) => {
    expect(decided(steps)).toEqual(wanted);
  });

  it('takes the last decision before the result', () => {
    const steps = [
      approval('a', 'approve'),
      approval('a', 'modify', { x: 1 }),
      approval('a', 'approve'),
      called('pay', 'a'),
      approval('a', 'deny'),
      answered(1, 'a'),
      approval('a', 'approve'),
    ];
    expect(pairCalls(steps).calls).toMatchObject([{ approval: 4, args: { x: 1 }, asked: {} }]);
  });

  it('gives decisions to hundreds of open calls', () => {
    const open = Array.from({ length: 300 }, (_, at) => called('read', `id${at}`));
    const said = Array.from({ length: 300 }, (_, at) => approval(`id${299 - at}`, 'deny'));
    expect(decided([...open, ...said])).toEqual(open.map((_, at) => 599 - at));
  });

  it('keeps steps of others out, and refuses a misspelt type by its number', () => {
    const kept = [{ type: 'x-trace', anything: 1 } as Step, called('read', 'a'), answered(1, 'a')];
    expect(pairCalls(kept).fault).toBeNull();
    const misspelt = [called('read', 'a'), { type: 'toolcall', tool: 'pay' } as unknown as Step];
    expect(pairCalls(misspelt).fault).toMatch(/Step 1 .*"toolcall".*tool_call/);
  });
});

import { describe, expect, it } from 'vitest';
import {
  call,
  handsOver,
  type MadeCall,
  trajectoryOf,
} from '../../match/trajectory.test-support.ts';
import { viewOf } from '../../match/view.ts';
import type { Tools } from '../../model/tool.ts';
import type { Step } from '../../model/trajectory.ts';
import { type Loop, type LoopRule, loopWatch } from './loop-watch.ts';

const times = <T>(count: number, ...parts: T[]) =>
  Array.from({ length: count }, () => parts).flat();
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const broken = (tool: string, args: unknown, message: string) =>
  call(tool, args, { status: 'failed', error: { message } });

const TOOLS: Tools = {
  read: { effect: 'read' },
  look: { effect: 'read' },
  pay: { effect: 'irreversible' },
  undeclared: {},
};

/** The first loop of some calls and hand-overs, one after the other. */
function loopOf(parts: readonly (MadeCall | Step)[], rule: LoopRule = {}): Loop | null {
  const { calls, steps } = viewOf(trajectoryOf(parts));
  const watch = loopWatch(rule, TOOLS);
  const callAt = new Map(calls.map((one) => [one.step, one]));
  for (const [index, step] of steps.entries()) {
    const made = callAt.get(index);
    const { from = '', to = '' } = step as { from?: string; to?: string }; // of a hand-over
    const loop = made
      ? watch.call(made)
      : step.type === 'handoff'
        ? watch.handoff({ from, to, step: index })
        : step.type === 'message'
          ? watch.heard()
          : null;
    if (loop) return loop;
  }
  return null;
}

interface Row {
  name: string;
  parts: readonly (MadeCall | Step)[];
  rule?: LoopRule;
  finds: RegExp | null;
}

const asks: Step = { type: 'message', role: 'user', content: 'And now?' };

const rows: Row[] = [
  {
    name: 'other arguments end no storm of errors',
    parts: numbers(6).map((n) => broken('read', { n }, 'Timed out')),
    finds: /^read fails 6 times in a row from step 0$/,
  },
  {
    name: 'five errors are no storm',
    parts: numbers(5).map((n) => broken('read', { n }, 'Timed out')),
    finds: null,
  },
  {
    name: 'a counter in the text of an error is no news',
    parts: numbers(6).map((n) => broken('read', {}, `Attempt ${n} failed`)),
    finds: /read fails 6 times/,
  },
  {
    name: 'the success of another tool ends no storm of this one',
    parts: numbers(6).flatMap((n) => [
      broken('pay', { n }, 'No'),
      call('read', { n }, { result: n }),
    ]),
    finds: /pay fails 6 times/,
  },
  {
    name: 'a success of its own ends it',
    parts: numbers(9).flatMap((n) =>
      n === 4 ? call('read', { n }, { result: n }) : broken('read', { n }, 'No'),
    ),
    finds: null,
  },
  {
    name: 'errors of any tools in a row are a storm',
    parts: numbers(6).map((n) => broken(`tool${n}`, {}, 'No')),
    finds: /^Calls fail 6 times in a row from step 0, whatever the tool$/,
  },
  {
    name: 'refusals by a rule are errors too',
    parts: numbers(4).map((n) => call('pay', { n }, { status: 'blocked' })),
    rule: { errors: 3 },
    finds: /pay fails 4 times/,
  },
  {
    name: 'an answer that nobody knows ends no storm',
    parts: [
      ...numbers(3).map((n) => broken('read', { n }, 'No')),
      call('read', {}, { status: 'unknown' }),
      broken('read', {}, 'No'),
    ],
    rule: { errors: 3 },
    finds: /read fails 4 times/,
  },
  {
    name: 'other arguments with equal results are a standstill',
    parts: numbers(14).map((n) => call('read', { page: n }, { result: [] })),
    finds: /^Nothing new came of 13 calls in a row from step 2$/,
  },
  {
    name: 'arguments that look alike are a standstill, and no repeat',
    parts: times(7, call('read', { city: 'Paris' }), call('look', { city: 'P\u0430ris' })),
    rule: { repeats: 99, stalled: 9 },
    finds: /go round|Nothing new/,
  },
  {
    name: 'arguments that look alike are not equal',
    parts: ['Paris', 'P\u0430ris', 'Pa\u200bris', 'Paris\u0301'].map((city) =>
      call('read', { city }),
    ),
    finds: null,
  },
  {
    name: 'new results are no standstill',
    parts: numbers(40).map((n) => call('read', {}, { result: n })),
    finds: null,
  },
  {
    name: 'writes that were not done before are no standstill',
    parts: numbers(40).map((n) => call('pay', { n }, { result: 'done' })),
    finds: null,
  },
  {
    name: 'what is not declared may write',
    parts: numbers(40).map((n) => call('undeclared', { n }, { result: 'done' })),
    finds: null,
  },
  {
    name: 'answers that nobody knows are news where the arguments are',
    parts: numbers(40).map((n) => call('read', { n }, { status: 'unknown' })),
    finds: null,
  },
  {
    name: 'a harmless call in between hides no runaway',
    parts: numbers(20).flatMap((n) => [
      call('read', { try: n }, { result: 'nothing' }),
      call('look', { note: n }, { result: null }),
    ]),
    finds: /Nothing new came of 13 calls/,
  },
  {
    name: 'what the user says is news',
    parts: numbers(40).flatMap((n) => [call('read', { n }, { result: [] }), asks]),
    finds: null,
  },
  {
    name: 'arguments in another order are the same',
    parts: times(
      2,
      call('read', { a: 1, b: [{ c: 1, d: 2 }] }),
      call('read', { b: [{ d: 2, c: 1 }], a: 1 }),
    ),
    finds: /for the 4th time/,
  },
  {
    name: 'equal calls of several actors count together',
    parts: ['a', 'b', 'c', 'd'].map((actor) => call('read', {}, { actor })),
    finds: /read\(\) for the 4th time/,
  },
  {
    name: 'a cycle goes through several actors',
    parts: times(3, call('read', {}, { actor: 'a' }), call('look', {}, { actor: 'b' })),
    finds: /read, look go round 3 times/,
  },
  {
    name: 'a cycle of three',
    parts: times(3, call('read'), call('look'), call('pay')),
    finds: /read, look, pay go round/,
  },
  {
    name: 'tools with the names of what every object has',
    parts: times(4, call('constructor', {}), call('__proto__', {}, { result: { __proto__: 1 } })),
    finds: /constructor, __proto__ go round/,
  },
  {
    name: 'a tool that is polled, for every signal',
    parts: [
      ...times(50, call('get_status')),
      ...times(50, broken('get_status', {}, 'No')),
      ...times(4, call('get_status'), call('read', {}, { result: 1 }), call('get_status')).slice(
        0,
        5,
      ),
    ],
    rule: { poll: ['get_status'] },
    finds: null,
  },
  {
    name: 'a tool whose name only starts like that of one that is polled',
    parts: times(4, call('get_status')),
    rule: { poll: ['get'] },
    finds: /get_status\(\) for the 4th time/,
  },
  {
    name: 'a tool whose name is only the start of one that is polled',
    parts: times(4, call('get')),
    rule: { poll: ['get_status'] },
    finds: /get\(\) for the 4th time/,
  },
  {
    name: 'hand-overs that go round three actors',
    parts: times(3, handsOver('a', 'b'), handsOver('b', 'c'), handsOver('c', 'a')),
    finds: /^Control goes round a → b → c 3 times from step 0$/,
  },
  {
    name: 'hand-overs that go round four',
    parts: times(3, ...numbers(4).map((n) => handsOver(`a${n}`, `a${(n + 1) % 4}`))),
    finds: /a0 → a1 → a2 → a3 3 times/,
  },
  {
    name: 'no signal is stricter than the repeats that are allowed',
    parts: times(8, broken('read', {}, 'No')),
    rule: { repeats: 8 },
    finds: null,
  },
];

describe('loopWatch()', () => {
  it.each(rows)('$name', ({ parts, rule, finds }) => {
    const loop = loopOf(parts, rule);
    if (finds === null) expect(loop).toBeNull();
    else expect(loop?.reason).toMatch(finds);
  });

  it('finds a loop as soon as it has formed, and points at what makes it up', () => {
    expect(loopOf(times(9, call('read')))?.steps).toEqual([0, 2, 4, 6]);
    expect(loopOf(times(9, broken('read', {}, 'No')), { repeats: 99, errors: 2 })?.steps).toEqual([
      0, 2, 4,
    ]);
  });

  it('sees a thousand actors play ping-pong, each with a partner of its own', () => {
    const pairs = numbers(1000).flatMap((n) =>
      times(2, handsOver(`a${n}`, `b${n}`), handsOver(`b${n}`, `a${n}`)),
    );
    expect(loopOf(pairs)).toBeNull();
    const again = [...pairs, ...times(3, handsOver('a0', 'b0'), handsOver('b0', 'a0'))];
    expect(loopOf(again)?.reason).toBe('a0 and b0 hand over to each other 3 times from step 4000');
  });

  it('keeps its words short whatever actors and tools are called', () => {
    const long = 'x'.repeat(100_000);
    const { reason = '' } = loopOf(times(3, handsOver(long, 'b'), handsOver('b', long))) ?? {};
    expect(reason.length).toBeLessThan(300);
    expect((loopOf(times(4, call(long)))?.reason ?? '').length).toBeLessThan(500);
  });

  it('looks at a hundred thousand calls', { timeout: 20_000 }, () => {
    const watch = loopWatch({ repeats: 1e6, errors: 1e6, stalled: 1e6 }, TOOLS);
    const made = numbers(1000).map((n) => call('read', { n }, { result: n }));
    const { calls } = viewOf(trajectoryOf(made));
    const found = numbers(100).flatMap(() => calls.map((one) => watch.call(one)));
    expect(found).toHaveLength(100_000);
    expect(found.some((loop) => loop !== null)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import type { Step, Trajectory } from '../../model/trajectory.ts';
import { MOST_SEEN, MOST_VALUES } from './argument-use.ts';
import { useCounter } from './tool-uses.ts';

const trajectory = (steps: readonly unknown[], more: Partial<Trajectory> = {}): Trajectory => ({
  schema_version: 1,
  task: 't',
  agent: 'a',
  trial: 1,
  stop: 'completed',
  steps: steps as Step[],
  ...more,
});
const call = (tool: string, args: unknown, more: object = {}) => ({
  type: 'tool_call',
  id: null,
  tool,
  args,
  ...more,
});
const answer = (more: object) => ({ type: 'tool_result', id: null, ...more });

/** Uses of trials, each with its steps and its attack. */
function usesOf(...trials: readonly (readonly [readonly unknown[], (string | null)?])[]) {
  const counter = useCounter();
  for (const [steps, attack = null] of trials) counter.add(trajectory(steps), attack);
  return counter.uses();
}

describe('useCounter()', () => {
  it('counts calls by actor, tool and status, those under attack apart', () => {
    const steps = [
      call('get', { id: 1 }),
      answer({ result: 1 }),
      call('get', { id: 2 }, { actor: 'billing' }),
      answer({ error: 'down' }),
      call('get', { id: 1 }),
      answer({ blocked: 'policy' }),
      call('get', { id: 3 }),
    ];
    const { actors, trials, attacked } = usesOf([steps], [[call('send', {})], 'exfiltrate']);
    expect([trials, attacked]).toEqual([2, 1]);
    expect([...actors.keys()]).toEqual([null, 'billing']);
    expect(actors.get(null)).toMatchObject([
      { tool: 'get', calls: { ok: 1, failed: 0, blocked: 1, unknown: 1 }, attacked: { ok: 0 } },
      { tool: 'send', calls: { unknown: 0 }, attacked: { unknown: 1 }, args: [] },
    ]);
    expect(actors.get('billing')).toMatchObject([{ tool: 'get', calls: { failed: 1 } }]);
  });

  it('takes a trial for attacked when only its trajectory says so', () => {
    const counter = useCounter();
    counter.add(trajectory([call('send', {})], { attack: 'x' }), null);
    expect(counter.uses()).toMatchObject({ trials: 1, attacked: 1 });
  });

  it('says types, different values and ranges of arguments', () => {
    const [use] =
      usesOf([[call('pay', { amount: 5 }), call('pay', { amount: 2.5, to: 'x' })]]).actors.get(
        null,
      ) ?? [];
    expect(use?.args).toEqual([
      {
        name: 'amount',
        calls: 2,
        types: ['number'],
        values: 2,
        seen: [5, 2.5],
        range: { min: 2.5, max: 5 },
      },
      { name: 'to', calls: 1, types: ['string'], values: 1, seen: ['x'], range: null },
    ]);
  });

  it('keeps few values of many, and no range of mixed types', () => {
    const steps = Array.from({ length: MOST_VALUES + 10 }, (_, id) => call('get', { id }));
    const [many] = usesOf([steps]).actors.get(null) ?? [];
    expect(many?.args[0]).toMatchObject({ calls: MOST_VALUES + 10, values: MOST_VALUES });
    expect(many?.args[0]?.seen).toHaveLength(MOST_SEEN);
    const [mixed] =
      usesOf([[call('get', { id: 1 }), call('get', { id: '1' })]]).actors.get(null) ?? [];
    expect(mixed?.args[0]).toMatchObject({ types: ['number', 'string'], values: 2, range: null });
  });

  it('keeps names that every object has apart', () => {
    const args = JSON.parse('{ "__proto__": 1, "constructor": 2 }');
    const [use] = usesOf([[call('__proto__', args)]]).actors.get(null) ?? [];
    expect(use?.tool).toBe('__proto__');
    expect(use?.args.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
  });

  it('leaves calls of the user out, and counts them', () => {
    const uses = usesOf([[call('pay', {}, { actor: 'user' })]]);
    expect([uses.user_calls, uses.actors.size]).toEqual([1, 0]);
  });

  it('counts calls whose arguments are not known', () => {
    const unknown = { type: 'tool_call', id: null, tool: 'get', args_missing: 'redacted' };
    expect(usesOf([[unknown]]).actors.get(null)).toMatchObject([{ unknown_args: 1, args: [] }]);
  });

  it.each<[string, Trajectory | null]>([
    ['is not there', null],
    ['has no calls captured', trajectory([], { calls: 'not_captured' })],
    ['cannot be paired', trajectory([answer({ result: 1 })])],
    ['has an unknown step', trajectory([call('get', {}), { type: 'toolcall' }])],
  ])('takes nothing from a trajectory that %s, and says so', (_what, one) => {
    const counter = useCounter();
    counter.add(one, null);
    expect(counter.uses()).toMatchObject({ trials: 1, unread: 1 });
    expect(counter.uses().actors.size).toBe(0);
  });

  it('takes arguments that are nested very deeply', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(usesOf([[call('get', { deep })]]).actors.get(null)).toMatchObject([
      { args: [{ name: 'deep', types: ['array'], values: 0 }] },
    ]);
  });
});

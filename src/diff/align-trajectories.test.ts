import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step, Trajectory } from '../model/trajectory.ts';
import { alignTrajectories } from './align-trajectories.ts';
import type { StepDiff } from './step-diff.ts';

function record(steps: readonly Step[], more: Partial<Trajectory> = {}): Trajectory {
  const names = { task: 't', agent: 'a', trial: 1 };
  return { schema_version: 1, ...names, steps: [...steps], stop: 'completed', ...more };
}

let lastId = 0;

/** A call with its result; ids are never the same twice. */
function call(tool: string, args: unknown, result: unknown = 'ok', more: object = {}): Step[] {
  const id = `c${lastId++}`;
  return [
    { type: 'tool_call', id, tool, args, ...more },
    { type: 'tool_result', id, result },
  ];
}

/** Calls issued together, then their results. */
function together(...calls: readonly Step[][]): Step[] {
  const parallel = `m${lastId++}`;
  const asked = calls.map(([first]): Step => ({ ...(first as Step), parallel }) as Step);
  return [...asked, ...calls.flatMap(([, result]) => result ?? [])];
}

function said(content: string, role: 'user' | 'assistant' = 'assistant'): Step {
  return { type: 'message', role, content };
}

function diffOf(base: readonly Step[], head: readonly Step[]): StepDiff {
  return alignTrajectories(record(base), record(head));
}

/** The alignment in short: `0=0 1≠1 2- +3 4~4`. */
function shape({ pairs }: StepDiff): string {
  const signs = { same: '=', reworded: '~', changed: '≠', only_base: '-', only_head: '+' };
  return pairs.map(({ base, head, kind }) => `${base ?? ''}${signs[kind]}${head ?? ''}`).join(' ');
}

describe('alignTrajectories()', () => {
  it('pairs equal steps whatever their ids, times and models are', () => {
    const base: Step[] = [
      said('Hi', 'user'),
      { type: 'model', model: 'a', cost_usd: 1 },
      { type: 'message', role: 'assistant', content: '  ' },
      ...call('get', { a: 1, b: [1, 2] }, { x: 1 }),
      { type: 'x-span', name: 'one' },
    ];
    const head: Step[] = [
      { ...(said('Hi', 'user') as object), at_ms: 5 } as Step,
      ...call('get', { b: [1, 2], a: 1.0 }, { x: 1 }, { at_ms: 9, turn: 3, actor: 'billing' }),
    ];
    const diff = diffOf(base, head);
    expect(shape(diff)).toBe('0=0 3=1 4=2');
    expect(diff).toMatchObject({ divergence: null, firstWords: null, exact: true });
  });

  it('finds the first difference in what was done, and names each place that differs', () => {
    const diff = diffOf(
      [
        said('Hi', 'user'),
        ...call('get', { id: '1' }),
        ...call('pay', { id: '1', to: { iban: 'A' }, items: [1, 2] }),
      ],
      [
        said('Hello', 'user'),
        ...call('get', { id: '1' }),
        ...call('pay', { id: '1', to: { iban: 'B' }, items: [1], fast: true }, 'no'),
      ],
    );
    expect(shape(diff)).toBe('0~0 1=1 2=2 3≠3 4≠4');
    expect(diff).toMatchObject({ firstWords: 0, divergence: 3 });
    expect(diff.pairs[3]?.differences).toEqual([
      { path: 'to.iban', kind: 'differs', was: 'A', wanted: '"B"' },
      { path: 'items[1]', kind: 'unexpected', was: 2 },
      { path: 'fast', kind: 'missing', wanted: 'true' },
    ]);
    expect(diff.pairs[4]?.differences).toEqual([
      { path: 'result', kind: 'differs', was: 'ok', wanted: '"no"' },
    ]);
  });

  const done: [string, Step[], Step[], string, number | null][] = [
    [
      'other words alone',
      [said('a'), ...call('x', {})],
      [said('b'), ...call('x', {})],
      '0~0 1=1 2=2',
      null,
    ],
    [
      'a message on one side alone',
      [...call('x', {})],
      [said('b'), ...call('x', {})],
      '+0 0=1 1=2',
      null,
    ],
    [
      'a call that head left out',
      [...call('x', {}), ...call('y', {})],
      [...call('y', {})],
      '0- 1- 2=0 3=1',
      0,
    ],
    [
      'a call that head added',
      [...call('x', {})],
      [...call('x', {}), ...call('x', {})],
      '0=0 1=1 +2 +3',
      2,
    ],
    ['another tool', [...call('x', {})], [...call('y', {})], '0- 1- +0 +1', 0],
    ['another result', [...call('x', {}, 1)], [...call('x', {}, 2)], '0=0 1≠1', 1],
    ['no result', [...call('x', {}, 1)], call('x', {}, 2).slice(0, 1), '0=0 1-', 1],
    [
      'an error for a result',
      [...call('x', {}, null)],
      [...call('x', {}).slice(0, 1), { type: 'tool_result', error: 'no' }],
      '0=0 1≠1',
      1,
    ],
    [
      'the same calls in another order',
      [...call('x', {}), ...call('y', {}), said('a')],
      [...call('y', {}), ...call('x', {}), said('a')],
      '0- 1- 2=0 3=1 +2 +3 4=4',
      0,
    ],
    [
      'the nearest call of the tool',
      [...call('x', { a: 1, b: 1 })],
      [...call('x', { a: 2, b: 2 }), ...call('x', { a: 1, b: 2 })],
      '+0 +1 0≠2 1=3',
      0,
    ],
    [
      'a hand-over to another',
      [{ type: 'handoff', from: 'a', to: 'b' }],
      [{ type: 'handoff', from: 'a', to: 'c' }],
      '0≠0',
      0,
    ],
    [
      'the user calling instead of the agent',
      [...call('x', {}, 1, { actor: 'user' })],
      [...call('x', {}, 1)],
      '0- 1- +0 +1',
      0,
    ],
    [
      'tools with the names of prototypes',
      [...call('constructor', { __proto__: null })],
      [...call('__proto__', {})],
      '0- 1- +0 +1',
      0,
    ],
  ];
  it.each(done)('tells %s', (_, base, head, wanted, divergence) => {
    const diff = diffOf(base, head);
    expect([shape(diff), diff.divergence]).toEqual([wanted, divergence]);
  });

  it('compares decisions about a call, not who took them or why', () => {
    const decided = (decision: 'approve' | 'deny', by: string): Step[] => [
      { type: 'tool_call', id: 'c', tool: 'pay', args: {} },
      { type: 'approval', id: 'c', decision, by, reason: by },
      { type: 'tool_result', id: 'c', blocked: false, result: 1 },
    ];
    expect(diffOf(decided('approve', 'ana'), decided('approve', 'bo')).divergence).toBeNull();
    const diff = diffOf(decided('approve', 'ana'), decided('deny', 'bo'));
    expect([shape(diff), diff.divergence]).toEqual(['0=0 1≠1 2=2', 1]);
    expect(diff.pairs[1]?.differences[0]).toMatchObject({ path: 'decision', was: 'approve' });
  });

  it('takes the calls of a parallel group in any order', () => {
    const [a, b, c] = [call('a', {}), call('b', { x: 1 }), call('c', {})];
    const diff = diffOf(together(a, b, c), together(c, b, a));
    expect([shape(diff), diff.divergence]).toEqual(['0=2 3=5 1=1 4=4 2=0 5=3', null]);
    expect(diffOf(together(a, b, c), [...c, ...b, ...a]).divergence).toBeNull();
    expect(diffOf([...c, ...b, ...a], together(a, b, c)).divergence).toBeNull();
    const near = diffOf(together(a, b), together(call('b', { x: 2 }), a));
    expect(shape(near)).toBe('0=1 2=3 1≠0 3=2');
  });

  it('tells where only the ends differ', () => {
    const steps = call('x', {});
    const base = record(steps, { stop: 'limit', limit: 'tokens' });
    const diff = alignTrajectories(base, record(steps, { stop: 'completed' }));
    expect(diff).toMatchObject({ divergence: 2, firstWords: 2 });
    expect(diff.stops).toEqual({ base: 'limit (tokens)', head: 'completed' });
  });

  it('aligns records that no judge would take: results without a call, unknown types, deep values', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
    const odd = [
      { type: 'toolcall', tool: 'x' },
      { type: 'tool_result', id: 'z', result: 1 },
      ...call('y', deep),
    ] as Step[];
    // A type that no schema knows, as records may hold
    const diff = diffOf(odd, [{ type: 'toolcall', tool: 'z' } as unknown as Step, ...odd.slice(1)]);
    expect(shape(diff).split(' ').slice(0, 2)).toEqual(['0≠0', '1=1']);
    expect(diff.divergence).toBe(0);
  });

  it.each([
    ['[redacted:KEY]', 'abc', ['unknown']],
    ['[redacted:KEY]', '[redacted:KEY]', undefined],
    [2 ** 60, 2 ** 61, ['unknown']],
    [1, '1', ['differs']],
    [null, undefined, undefined],
    [0, -0, undefined],
    [{ a: undefined }, {}, undefined],
    [{ a: null }, {}, ['unexpected']],
    [[], {}, ['differs']],
    [{ constructor: 1 }, {}, ['unexpected']],
  ])('compares the results %j and %j', (base, head, kinds) => {
    const [, pair] = diffOf(call('x', {}, base), call('x', {}, head ?? null)).pairs;
    expect(pair?.kind).toBe(kinds ? 'changed' : 'same');
    expect(pair?.differences.map(({ kind }) => kind)).toEqual(kinds ?? []);
  });

  it('takes arguments that nobody captured as equal to their like alone', () => {
    const unseen = (args_raw?: string): Step[] => [
      { type: 'tool_call', tool: 'x', args_missing: 'not_captured', ...(args_raw && { args_raw }) },
    ];
    expect(diffOf(unseen(), unseen()).divergence).toBeNull();
    expect(diffOf(unseen('a'), unseen('b')).divergence).toBe(0);
    expect(diffOf(unseen(), call('x', {})).divergence).toBe(0);
  });

  it('cuts long texts to where they part', () => {
    const diff = diffOf(
      [said(`${'a'.repeat(5000)}left${'z'.repeat(5000)}`)],
      [said(`${'a'.repeat(5000)}right`)],
    );
    const [difference] = diff.pairs[0]?.differences ?? [];
    expect(difference?.was).toMatch(/^…a{32}leftz+…$/);
    expect(difference?.wanted).toBe(`"…${'a'.repeat(32)}right"`);
  });

  it('keeps the first of very many differences and counts the rest', () => {
    const list = (from: number) => Array.from({ length: 1000 }, (__, at) => from + at);
    const [pair] = diffOf(call('x', list(0)), call('x', list(1))).pairs;
    expect([pair?.differences.length, pair?.omitted]).toEqual([50, 950]);
  });
});

/** What the steps of an alignment are worth: equal ones, then nearness of the others, then reworded messages. */
function worth(diff: StepDiff, base: readonly Step[], head: readonly Step[]): number[] {
  let [equal, near, words] = [0, 0, 0];
  for (const [at, { base: i, head: j, kind }] of diff.pairs.entries()) {
    if (i === null || j === null) continue;
    if (kind === 'reworded') words++;
    const [one, other] = [base[i], head[j]];
    if (one?.type === 'tool_result') {
      if (kind === 'same' && diff.pairs[at - 1]?.kind === 'same') equal++;
    } else if (kind === 'same') equal++;
    else if (one?.type === 'tool_call') near += 32 - differing(one, other);
  }
  return [equal, near, words];
}

function differing(one: Step | undefined, other: Step | undefined): number {
  const [a, b] = [one, other].map((step) => (step as { args: Record<string, number> }).args);
  return ['p', 'q'].filter((key) => a?.[key] !== b?.[key]).length;
}

/** A call or a message of the oracle. */
type Item = { tool: string; p: number; q: number; came: number } | { words: string };

function stepsFor(items: readonly Item[]): Step[] {
  return items.flatMap((item) =>
    'words' in item ? [said(item.words)] : call(item.tool, { p: item.p, q: item.q }, item.came),
  );
}

/** The best worth over all alignments that keep the order, tried one by one. */
function bestWorth(base: readonly Item[], head: readonly Item[], i = 0, j = 0): number[] {
  const [one, other] = [base[i], head[j]];
  if (!one || !other) return [0, 0, 0];
  const ways = [bestWorth(base, head, i + 1, j), bestWorth(base, head, i, j + 1)];
  const own = pairWorth(one, other);
  if (own) {
    const rest = bestWorth(base, head, i + 1, j + 1);
    ways.push(own.map((value, at) => value + (rest[at] ?? 0)));
  }
  return ways.reduce((best, way) => (compare(way, best) > 0 ? way : best));
}

function pairWorth(one: Item, other: Item): number[] | null {
  if ('words' in one || 'words' in other) {
    if (!('words' in one && 'words' in other)) return null;
    return one.words === other.words ? [1, 0, 0] : [0, 0, 1];
  }
  if (one.tool !== other.tool) return null;
  const other2 = Number(one.p !== other.p) + Number(one.q !== other.q);
  if (other2 > 0) return [0, 32 - other2, 0];
  return [one.came === other.came ? 2 : 1, 0, 0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function permutations(all: readonly Item[]): Item[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((first, at) =>
    permutations(all.filter((_, index) => index !== at)).map((rest) => [first, ...rest]),
  );
}

const item: fc.Arbitrary<Item> = fc.oneof(
  fc.record({
    tool: fc.constantFrom('a', 'b'),
    p: fc.integer({ min: 0, max: 2 }),
    q: fc.integer({ min: 0, max: 1 }),
    came: fc.integer({ min: 0, max: 1 }),
  }),
  fc.record({ words: fc.constantFrom('x', 'y', 'z') }),
);
const items = fc.array(item, { maxLength: 6 });

describe('alignTrajectories() beside all alignments there are', () => {
  it('is worth as much as the best of them', () => {
    fc.assert(
      fc.property(items, items, (one, other) => {
        const [base, head] = [stepsFor(one), stepsFor(other)];
        expect(worth(diffOf(base, head), base, head)).toEqual(bestWorth(one, other));
      }),
      { numRuns: 500 },
    );
  });

  it('shows each step once, and mirrors where the sides are exchanged', () => {
    fc.assert(
      fc.property(items, items, (one, other) => {
        const [base, head] = [stepsFor(one), stepsFor(other)];
        const diff = diffOf(base, head);
        const on = (side: 'base' | 'head') => diff.pairs.flatMap((pair) => pair[side] ?? []);
        expect(on('base')).toEqual([...base.keys()]);
        expect(on('head')).toEqual([...head.keys()]);
        const back = diffOf(head, base);
        expect(worth(back, head, base)).toEqual(worth(diff, base, head));
        expect(back.divergence === null).toBe(diff.divergence === null);
      }),
    );
  });

  it('finds as many equal steps as the best order of calls issued together, but for 1 case in 50 at most', () => {
    const some = fc.array(
      item.filter((one) => 'tool' in one),
      { maxLength: 2 },
    );
    const group = fc.array(
      item.filter((one) => 'tool' in one),
      { maxLength: 3 },
    );
    const side = fc.tuple(some, group, some);
    const steps = ([before, group, after]: readonly [Item[], Item[], Item[]]) => [
      ...stepsFor(before),
      ...together(...group.map((each) => stepsFor([each]))),
      ...stepsFor(after),
    ];
    const orders = ([before, group, after]: readonly [Item[], Item[], Item[]]) =>
      permutations(group).map((each) => [...before, ...each, ...after]);
    const misses = fc
      .sample(fc.tuple(side, side), { numRuns: 150, seed: 7 })
      .filter(([one, other]) => {
        const [base, head] = [steps(one), steps(other)];
        const best = orders(one)
          .flatMap((a) => orders(other).map((b) => bestWorth(a, b)[0] ?? 0))
          .reduce((most, way) => Math.max(most, way));
        return worth(diffOf(base, head), base, head)[0] !== best;
      });
    expect(misses.length).toBeLessThanOrEqual(3);
  });

  it('finds nothing to tell between orders of one parallel group', () => {
    const calls = fc.array(
      item.filter((one) => 'tool' in one),
      { minLength: 2, maxLength: 5 },
    );
    const shuffled = calls.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([one, other], both) => {
        const group = (list: readonly Item[]) => together(...list.map((each) => stepsFor([each])));
        const diff = diffOf(group(one), both ? group(other) : stepsFor(other));
        expect(diff.divergence).toBeNull();
      }),
    );
  });
});

describe('alignTrajectories() of long records', () => {
  const many = (count: number, tool: (at: number) => string, value: (at: number) => unknown) =>
    Array.from({ length: count / 2 }, (_, at) => call(tool(at), { at: value(at) }, at)).flat();

  it('pairs 100,000 equal steps in one go', () => {
    const build = () =>
      many(
        100_000,
        (at) => `tool${at % 7}`,
        (at) => at % 100,
      );
    const diff = diffOf(build(), build());
    expect(diff.pairs).toHaveLength(100_000);
    expect(diff).toMatchObject({ divergence: null, exact: true });
  });

  it('still aligns what is too long and too different for the best way, and says so', () => {
    const differs = (side: number) => (at: number) => (at % 50 === 0 ? at : [side, at]);
    const build = (side: number) => many(24_000, () => 'x', differs(side));
    const diff = diffOf(build(1), build(2));
    expect(diff.exact).toBe(false);
    expect(diff.pairs.filter(({ kind }) => kind === 'same').length).toBeGreaterThanOrEqual(480);
    expect(diff.divergence).toBe(2);
  });
});

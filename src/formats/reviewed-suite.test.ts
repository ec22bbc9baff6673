import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { PlannedTool } from '../model/plan.ts';
import { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { safeYaml } from '../report/json-text.ts';
import { loadSuite, runSuite } from '../run/library.ts';
import type { Review } from './reviewed-expect.ts';
import { reviewedSuite } from './reviewed-suite.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'reviewed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const user = (content: unknown) => ({ type: 'message', role: 'user', content });
const said = (content: unknown) => ({ type: 'message', role: 'assistant', content });
const call = (tool: string, args: unknown, more: object) => [
  { type: 'tool_call', id: 'c', tool, args },
  { type: 'tool_result', id: 'c', ...more },
];

function recording(steps: unknown[], more: object = {}): Trajectory {
  const head = { schema_version: 1, task: 'refund', agent: 'live', trial: 3, stop: 'completed' };
  return Trajectory.parse({ ...head, steps, ...more });
}

const HEAD = { suite: 'again', recording: './again.trajectories.jsonl' };

interface Drawn {
  readonly text: string;
  readonly suite: Record<string, never>;
  readonly lines: readonly string[];
}

function draw(
  trials: readonly (readonly [Trajectory, Review])[],
  tools: Record<string, PlannedTool> = {},
): Drawn {
  const suite = reviewedSuite(HEAD, tools);
  const lines = trials.flatMap(([trajectory, review], index) => {
    const added = suite.add({ id: `t${index}`, trajectory, review, origin: 'a trial' });
    return 'line' in added ? [added.line] : [];
  });
  const text = safeYaml(suite.finish());
  return { text, suite: parse(text), lines };
}

async function run({ text, lines }: Drawn): Promise<TrialResult[]> {
  writeFileSync(path.join(folder, 'again.trajectories.jsonl'), `${lines.join('\n')}\n`);
  const file = path.join(folder, 'again.suite.yaml');
  writeFileSync(file, text);
  const stored = await runSuite(await loadSuite(file), { base: path.join(folder, 'runs') });
  const results: TrialResult[] = [];
  for await (const result of stored.trials()) results.push(result);
  stored.close();
  return results;
}

const asked = user('Refund order 1042.');
const looked = call('get_order', { order_id: '1042' }, { result: { total: 42 } });
const paid = call('refund', { order_id: '1042', amount: 42 }, { result: { paid: true } });
const overpaid = call('refund', { order_id: '1042', amount: 84 }, { result: { paid: true } });
const steps = [asked, ...looked, ...overpaid, said('Refunded 84.')];

describe('reviewedSuite()', () => {
  it('expects what was right, forbids what was wrong, and keeps what tools do and answered', () => {
    const review = { label: 'fail', right: [1], wrong: [3, 5], note: 'pays\ntwice #1' } as const;
    const { suite, text } = draw([[recording(steps), { ...review, right: [1], wrong: [3, 5] }]], {
      refund: { effect: 'irreversible', external: true },
      idle: { effect: 'read', trusted: false },
    });
    expect(suite).toMatchObject({
      agents: { recorded: { replay: './again.trajectories.jsonl' } },
      tools: {
        get_order: { mock: [{ when: { order_id: '1042' }, result: { total: 42 } }] },
        idle: { effect: 'read', trusted: false },
        refund: {
          effect: 'irreversible',
          external: true,
          mock: [{ when: { order_id: '1042', amount: 84 }, result: { paid: true } }],
        },
      },
      tasks: [
        {
          id: 't0',
          input: 'Refund order 1042.',
          expect: {
            calls: { in_order: [{ get_order: { order_id: '1042' } }] },
            never: [{ refund: { order_id: '1042', amount: 84 } }],
            not: [{ answer: 'Refunded 84.' }],
          },
        },
      ],
    });
    expect(text).toContain('# fail, a trial; note: pays twice #1\n');
  });

  it.each<[string, unknown[], Review, string[]]>([
    ['a call', steps, { label: 'fail', wrong: [3] }, ['expect.never']],
    ['the answer', steps, { label: 'fail', wrong: [5] }, ['expect.not.0']],
    [
      'words before it',
      [asked, said('Soon.'), ...paid, said('Done')],
      { label: 'fail', wrong: [1] },
      ['expect.not.0'],
    ],
    [
      'the same call once more',
      [asked, ...paid, ...paid],
      { label: 'fail', right: [1], wrong: [3] },
      ['expect.not.0'],
    ],
    [
      'a call that is a part of a right one',
      [asked, ...call('refund', {}, { result: 1 }), ...paid],
      { label: 'fail', right: [3], wrong: [1] },
      ['expect.never'],
    ],
    [
      'a call without arguments, beside one with some',
      [asked, ...call('list', { all: true }, { result: 1 }), ...call('list', {}, { result: 1 })],
      { label: 'fail', wrong: [3] },
      ['expect.never'],
    ],
  ])(
    'draws a task that fails on the recording where %s was wrong',
    async (_, all, review, paths) => {
      const [result] = await run(draw([[recording(all), review]]));
      expect(result).toMatchObject({ status: 'fail', task: 't0' });
      const bad = result?.verdicts.filter(({ status }) => status !== 'pass');
      expect(bad?.map(({ path: where }) => where)).toEqual(paths);
    },
  );

  it('forbids no call that was right, and forbids in full only where that takes it', () => {
    const tried = call('refund', { order_id: '1042' }, { result: 1 });
    const all = [asked, ...tried, ...paid, ...overpaid];
    const { suite } = draw([[recording(all), { label: 'fail', right: [3], wrong: [1, 5] }]]);
    expect(suite).toMatchObject({
      tasks: [
        {
          expect: {
            never: [
              { refund: { $eq: { order_id: '1042' } } },
              { refund: { order_id: '1042', amount: 84 } },
            ],
          },
        },
      ],
    });
  });

  it.each<[string, unknown[], Review]>([
    ['nothing was marked', steps, { label: 'fail' }],
    ['only right steps were marked', steps, { label: 'fail', right: [1] }],
    ['what no suite can say was wrong', steps, { label: 'fail', wrong: [2] }],
    [
      'a tool without a name was called',
      [asked, ...call('*', {}, { result: 1 })],
      { label: 'fail', wrong: [1] },
    ],
    [
      'arguments are not known',
      [asked, { type: 'tool_call', tool: 'refund', args_missing: 'redacted' }],
      { label: 'fail', wrong: [1] },
    ],
  ])('leaves a task undecided where %s', async (_, all, review) => {
    const [result] = await run(draw([[recording(all), review]]));
    expect(result?.status).toBe('error');
    expect(result?.verdicts.find(({ status }) => status === 'error')?.path).toBe(
      'expect.undecided',
    );
  });

  it('expects the calls of a trial that is labelled pass, as they were', async () => {
    const drawn = draw([[recording(steps), { label: 'pass' }]]);
    expect(drawn.suite).toMatchObject({ tasks: [{ expect: { calls: { in_order: [{}, {}] } } }] });
    expect((await run(drawn))[0]?.status).toBe('pass');
  });

  it('replays a conversation turn by turn, and an attack as what the tools answered', async () => {
    const all = [
      asked,
      said('Which?'),
      user([{ type: 'text', text: '1042' }]),
      ...paid,
      said('Done'),
    ];
    const drawn = draw([[recording(all, { attack: 'exfiltrate' }), { label: 'fail', wrong: [3] }]]);
    expect(drawn.suite).toMatchObject({
      tasks: [{ conversation: ['Refund order 1042.', { user: [{ type: 'text', text: '1042' }] }] }],
    });
    expect(JSON.parse(drawn.lines[0] ?? '')).not.toHaveProperty('attack');
    expect((await run(drawn))[0]?.status).toBe('fail');
  });

  it('says which trials cannot be tasks', () => {
    const suite = reviewedSuite(HEAD, {});
    const trajectory = recording([{ type: 'tool_result', id: 'x', result: 1 }]);
    const added = suite.add({ id: 'a', trajectory, review: { label: 'fail' }, origin: 'a trial' });
    expect(added).toMatchObject({ fault: expect.stringContaining('no call awaits') });
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
    const all = [asked, ...call('read', {}, { result: deep })];
    const given = { id: 'b', trajectory: recording(all), review: { label: 'fail' }, origin: '' };
    expect(suite.add(given)).toEqual({ fault: 'It is nested too deeply to be written again' });
    expect(() => suite.finish()).toThrow('no trajectories');
  });

  it('keeps hostile records from breaking the suite, and from passing', {
    timeout: 60_000,
  }, async () => {
    let loaded = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(trial, { minLength: 1, maxLength: 4 }), async (trials) => {
        const drawn = draw(
          trials.map(([all, wrong]) => [
            recording(all.flat()),
            { label: 'fail', wrong, note: HOSTILE },
          ]),
        );
        expect(drawn.text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u);
        for (const { status } of await run(drawn)) {
          expect(['fail', 'error']).toContain(status);
          loaded++;
        }
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(loaded).toBeGreaterThan(60);
  });

  it('leaves out what is too deep or no number of JSON, and says so', async () => {
    const deep = JSON.parse('['.repeat(400) + ']'.repeat(400));
    const all = [
      asked,
      ...call('read', { id: 1 }, { result: deep }),
      ...call('read', { id: deep }, { result: 1 }),
      ...call('read', { id: 2 }, { result: { n: Number.POSITIVE_INFINITY } }),
      ...call('read', { id: 3 }, { error: { unknown: true } }),
      ...call('read', { id: 4 }, { error: 'Gone' }),
      ...call('read', { id: 5 }, { result: 'x'.repeat(1_000_000) }),
    ];
    const { text, suite } = draw([[recording(all), { label: 'fail', right: [3], wrong: [9] }]]);
    expect(suite).toMatchObject({
      tools: {
        read: { mock: [{ when: { id: 4 }, error: { message: 'Gone' } }, { when: { id: 5 } }] },
      },
    });
    for (const words of [
      't0, step 1: its result cannot stand in a suite',
      't0, step 3: its arguments cannot stand in a suite',
      't0, step 7: its answer is not known',
      'Right was also the arguments of step 3',
    ]) {
      expect(text).toContain(words);
    }
  });
});

const HOSTILE = 'x\n- y: [\u001b[2J\u2028\u202e # z';
const odd = [
  '',
  '$eq',
  '$x',
  '{{x}}',
  '__proto__',
  'constructor',
  'tool',
  'args',
  'times',
  '*',
  'a*',
  '\n',
  '\u001b[31m',
  '\u0085',
  '\u202e',
  '\ud800',
  'no',
  '01',
  './a.yaml',
  HOSTILE,
];
const text = fc.oneof(fc.constantFrom(...odd), fc.constantFrom('get_order', 'refund'));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constantFrom(null, true, 0, -1.5, 2 ** 53, 1e300),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
}));
const anyCall = fc
  .record({
    tool: text,
    args: fc.oneof(fc.dictionary(text, value), value),
    failed: fc.boolean(),
    result: value,
  })
  .map(({ tool, args, failed, result }) =>
    call(tool, args, failed ? { error: { message: result, code: tool } } : { result }),
  );
const anyMessage = fc
  .record({
    role: fc.constantFrom('user', 'assistant'),
    content: fc.oneof(
      text,
      fc.constant(null),
      fc.array(text.map((type) => ({ type, text: type }))),
    ),
  })
  .map((one) => [{ type: 'message', ...one }]);
const trial = fc.tuple(
  fc.array(fc.oneof(anyMessage, anyCall), { minLength: 1, maxLength: 5 }),
  fc.array(fc.nat(8), { maxLength: 3 }),
);

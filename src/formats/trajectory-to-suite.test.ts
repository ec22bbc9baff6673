import { describe, expect, it } from 'vitest';
import { prepareJudge } from '../judges/judge-trajectory.ts';
import type { Tools } from '../model/tool.ts';
import type { Step, Trajectory } from '../model/trajectory.ts';
import { recordFault } from './each-record.ts';
import type { SuiteSource, TaskDraft } from './format.ts';
import { callPattern, trajectoryToSuite } from './trajectory-to-suite.ts';

const head = { suite: 'shop', recording: './shop.trajectories.jsonl' };

function recorded(task: string, steps: Step[] = [], more: Partial<Trajectory> = {}): Trajectory {
  return {
    schema_version: 1,
    task,
    agent: 'recorded',
    trial: 1,
    steps,
    stop: 'completed',
    ...more,
  };
}

function called(
  id: string,
  tool: string,
  args: unknown,
  answer: object = { result: 'ok' },
): Step[] {
  return [
    { type: 'tool_call', id, tool, args },
    { type: 'tool_result', id, ...answer },
  ];
}

/** A source that takes what a record expects from the record itself. */
function source(tools: Tools | null = null): SuiteSource {
  return {
    tools,
    task: ({ task }, origin) => {
      if (origin === null) throw recordFault('It tells nothing');
      return { id: task, expect: origin as TaskDraft['expect'] };
    },
  };
}

describe('trajectoryToSuite()', () => {
  it('makes a task of each id and an agent of each name', () => {
    const draft = trajectoryToSuite(source());
    draft.add(recorded('a'), { says: '1' });
    draft.add(recorded('b', [], { agent: 'next' }), { says: '2' });
    draft.add(recorded('a', [], { trial: 2 }), { says: '1' });
    expect(draft.finish({ ...head, description: 'Imported' })).toEqual({
      suite: 'shop',
      description: 'Imported',
      agents: {
        recorded: { replay: './shop.trajectories.jsonl' },
        next: { replay: './shop.trajectories.jsonl' },
      },
      tasks: [
        { id: 'a', expect: { says: '1' } },
        { id: 'b', expect: { says: '2' } },
      ],
    });
  });

  it('refuses records of one task that expect different things', () => {
    const draft = trajectoryToSuite(source());
    draft.add(recorded('a'), { says: '1' });
    expect(() => draft.add(recorded('a'), { says: '2' })).toThrow(/task "a" expect different/);
  });

  it('takes what is asked from any record of a task, in which it may be missing', () => {
    const asking: SuiteSource = {
      tools: null,
      task: ({ task }, origin) => ({
        id: task,
        ...(typeof origin === 'string' && { input: origin }),
        expect: { says: '1' },
      }),
    };
    const draft = trajectoryToSuite(asking);
    for (const said of [null, 'Pay', null, 'Pay']) draft.add(recorded('a'), said);
    expect(draft.tasks()).toEqual([{ id: 'a', input: 'Pay', expect: { says: '1' } }]);
    expect(() => draft.add(recorded('a'), 'Cancel')).toThrow(/expect different/);
  });

  it('adopts no record of an attack that nothing tells of', () => {
    const draft = trajectoryToSuite(source());
    draft.add(recorded('a'), { says: '1' });
    expect(draft.adopt(recorded('a'))).toBe(true);
    expect(draft.adopt(recorded('a', [], { attack: 'x' }))).toBe(false);
    expect(draft.adopt(recorded('b'))).toBe(false);
  });

  it('draws a task from any of its records, and says which tells none', () => {
    const draft = trajectoryToSuite(source());
    const first = recorded('a');
    expect(draft.add(first, null)?.message).toBe('It tells nothing');
    expect(draft.adopt(first)).toBe(false);
    expect(() => draft.finish(head)).toThrow(/there are no trajectories/);
    expect(draft.add(recorded('a', [], { trial: 2 }), { says: '1' })).toBe(null);
    expect(draft.adopt(first)).toBe(true);
    expect(draft.finish(head)['tasks']).toEqual([{ id: 'a', expect: { says: '1' } }]);
  });

  it('refuses to write a suite of nothing', () => {
    expect(() => trajectoryToSuite(null).finish(head)).toThrow(/there are no trajectories/);
  });

  it('lets tools take the arguments that are expected beside the declared ones', () => {
    const input = { type: 'object', properties: { id: { type: 'string' } } };
    const tools: Tools = { get: { input }, cancel: { input }, status: { input }, other: {} };
    const draft = trajectoryToSuite(source(tools));
    const any_order = [
      callPattern('get', { id: '1', force: true }),
      callPattern('cancel', { id: '1' }),
      callPattern('status', { $deep: 1 }),
      callPattern('other', { force: true }),
    ];
    draft.add(recorded('a'), { calls: { any_order } });
    const open = { ...input, additionalProperties: true };
    expect(draft.finish(head)['tools']).toEqual({
      get: { input: open },
      cancel: { input },
      status: { input: open },
      other: {},
    });
  });

  it('expects without a source what the first trajectory of a task did', async () => {
    const steps: Step[] = [
      { type: 'message', role: 'system', content: 'Be kind.' },
      { type: 'message', role: 'user', content: 'Refund 1042.' },
      ...called('c1', 'get_order', { id: '1042', $raw: { a: 1 } }),
      ...called('c2', 'refund', { id: '1042' }, { error: { message: 'Busy' } }),
      ...called('c3', 'status', { id: '1042' }),
      { type: 'message', role: 'assistant', content: 'Refunded.' },
    ];
    const draft = trajectoryToSuite(null);
    draft.add(recorded('refund', steps), null);
    draft.add(recorded('refund', [], { trial: 2 }), null);
    draft.add(recorded('quiet', [{ type: 'message', role: 'assistant', content: 'Hi' }]), null);
    draft.add(recorded('unseen', [], { calls: 'not_captured' }), null);
    const { tasks } = draft.finish(head) as { tasks: TaskDraft[] };
    expect(tasks).toEqual([
      {
        id: 'refund',
        input: 'Refund 1042.',
        expect: {
          calls: {
            in_order: [
              { get_order: { $eq: { id: '1042', $raw: { a: 1 } } } },
              { tool: 'status', args: { id: '1042' } },
            ],
          },
        },
      },
      { id: 'quiet', expect: { calls: { exact: [] } } },
      { id: 'unseen', expect: { stop: 'completed' } },
    ]);
    const judge = await prepareJudge(tasks[0]?.expect ?? {});
    expect(await judge(recorded('refund', steps))).toMatchObject({ status: 'pass' });
    expect(await judge(recorded('refund', steps.slice(0, 4)))).toMatchObject({ status: 'fail' });
  });
});

describe('callPattern()', () => {
  it.each([
    ['refund', { id: '1' }, { refund: { id: '1' } }],
    ['status', { id: '1' }, { tool: 'status', args: { id: '1' } }],
    ['shop/refund', {}, { tool: 'shop/refund', args: {} }],
    ['$eq', {}, { tool: '$eq', args: {} }],
    ['mail', { text: 'Hi {{name}}' }, { mail: { text: { $eq: 'Hi {{name}}' } } }],
    ['refund', undefined, { tool: 'refund' }],
    ['refund', ['1'], { tool: 'refund' }],
  ])('writes a call of %s with %j', (tool, args, wanted) => {
    expect(callPattern(tool, args)).toEqual(wanted);
    expect(callPattern(tool, args, { optional: true })).toEqual({ ...wanted, optional: true });
  });

  it('keeps data with $ keys and strange names from being read as operators', async () => {
    const args = JSON.parse(
      '{"q":[{"$gt":3,"a":{"$b":1}},"$ref"],"n":{"__proto__":{"c":1}},"t":"{{x}}"}',
    );
    const judge = await prepareJudge({ calls: { exact: [callPattern('find', args)] } });
    expect(await judge(recorded('a', called('c1', 'find', args)))).toMatchObject({
      status: 'pass',
    });
    const other = { ...args, q: [4, '$ref'] };
    expect(await judge(recorded('a', called('c1', 'find', other)))).toMatchObject({
      status: 'fail',
    });
  });
});

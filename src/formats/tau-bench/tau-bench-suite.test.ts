import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trajectory } from '../../model/trajectory.ts';
import { tauBenchSuite } from './tau-bench-suite.ts';

const functions = [
  tool('get_order', false, 'Get the details of an order, such as v1.2 of it.\n Be careful.'),
  tool('cancel_order', true, 'Cancel'),
  tool('return_order', true),
];

function tool(name: string, writes: boolean, description?: string) {
  const parameters = { type: 'object', properties: { order_id: { type: 'string' } } };
  return { type: 'function', function: { name, description, parameters }, 'x-write': writes };
}

const actions = [
  { name: 'get_order', kwargs: { order_id: '#W1' } },
  { name: 'respond', kwargs: { content: 'Sure?' } },
  { name: 'cancel_order', kwargs: { order_id: '#W1' } },
  { name: 'return_order', kwargs: { order_id: '#W2' } },
];

function origin(task: object) {
  return { info: { task: { instruction: 'Cancel #W1.', actions, outputs: [], ...task } } };
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agentops-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: unknown): Promise<string> {
  const target = path.join(folder, name);
  await writeFile(target, typeof content === 'string' ? content : JSON.stringify(content));
  return target;
}

async function sourceOf(optional?: unknown) {
  const tools = await file('shop.tools.json', functions);
  if (optional === undefined) return tauBenchSuite({ tools });
  return tauBenchSuite({ tools, optionalWrites: await file('optional.json', optional) });
}

const trajectory = { task: '4' } as Trajectory; // all that is looked at

describe('tauBenchSuite()', () => {
  it('asks for the tools where they are not given', async () => {
    await expect(tauBenchSuite({})).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('--tools'),
    });
  });

  it('tells which tools write, and what they are for in a sentence', async () => {
    const { tools } = await sourceOf();
    expect(Object.entries(tools ?? {}).map(([name, { effect }]) => [name, effect])).toEqual([
      ['get_order', 'read'],
      ['cancel_order', 'write'],
      ['return_order', 'write'],
    ]);
    expect(tools?.['get_order']?.description).toBe(
      'Get the details of an order, such as v1.2 of it.',
    );
    expect(tools?.['cancel_order']).toEqual({
      description: 'Cancel',
      input: functions[1]?.function.parameters,
      effect: 'write',
    });
    expect(tools?.['return_order']).not.toHaveProperty('description');
  });

  it('expects the calls that write and the texts to be said', async () => {
    const source = await sourceOf();
    expect(source.task(trajectory, origin({ outputs: ['10', '54.04'] }))).toEqual({
      id: '4',
      input: 'Cancel #W1.',
      expect: {
        calls: {
          unordered: [{ cancel_order: { order_id: '#W1' } }, { return_order: { order_id: '#W2' } }],
          among: { effect: 'write', status: 'ok' },
          args: 'partial',
          lists: 'unordered',
        },
        says: ['10', '54.04'],
      },
    });
  });

  it('forbids every write where none is expected', async () => {
    const { expect: expected } = (await sourceOf()).task(trajectory, origin({ actions: [] }));
    expect(expected).toMatchObject({ calls: { unordered: [] } });
    expect(expected).not.toHaveProperty('says');
  });

  it('counts optional writes without what is said to the user', async () => {
    const source = await sourceOf({ note: 'x', tasks: { 'tau-bench:4': [2], 'tau-bench:5': [0] } });
    expect(source.task(trajectory, origin({})).expect).toMatchObject({
      calls: {
        unordered: [
          { cancel_order: { order_id: '#W1' } },
          { return_order: { order_id: '#W2' }, optional: true },
        ],
      },
    });
    const astray = { ...trajectory, task: '5' };
    expect(() => source.task(astray, origin({}))).toThrow(
      'Call 0 of task "5" is optional, but no expected write',
    );
  });

  it('takes a task that its record does not carry from the tasks of the domain', async () => {
    const tools = await file('shop.tools.json', functions);
    const listed = [{ actions: [] }, { task_id: 4, actions, instruction: 'Listed.' }];
    const { task } = await tauBenchSuite({ tools, tasks: await file('tasks.json', listed) });
    const broken = { info: { error: 'Timeout' }, traj: [] };
    expect(task(trajectory, broken)).toMatchObject({ id: '4', input: 'Listed.' });
    expect(task({ ...trajectory, task: '0' }, broken).expect).toMatchObject({
      calls: { unordered: [] },
    });
    expect(task(trajectory, origin({}))).toMatchObject({ input: 'Cancel #W1.' });
    expect(() => task({ ...trajectory, task: '9' }, broken)).toThrow(/^Its "info.task" is nothing/);
    const twice = await file('tasks.json', [{ actions }, { task_id: 0, actions }]);
    await expect(tauBenchSuite({ tools, tasks: twice })).rejects.toThrow('holds task "0" twice');
  });

  it('leaves out what a task does not say', async () => {
    const bare = origin({ instruction: null, outputs: null });
    expect((await sourceOf()).task(trajectory, bare)).not.toHaveProperty('input');
    const { expect: expected } = (await sourceOf()).task(
      trajectory,
      origin({ outputs: ['', '1'] }),
    );
    expect(expected).toMatchObject({ says: ['1'] });
  });

  it('refuses what would leave an expected call out', async () => {
    const source = await sourceOf();
    const unknown = { actions: [{ name: 'cancel_odrer', kwargs: {} }] };
    expect(() => source.task(trajectory, origin(unknown))).toThrow(/"cancel_odrer", which --tools/);
    expect(() => source.task(trajectory, { info: { error: 'Timeout' } })).toThrow(
      'Its "info.task" is nothing, expected an object',
    );
  });

  it.each([
    ['x-write missing', [{ function: { name: 'get_order' } }], /"\[0\]\.x-write" is nothing/],
    ['no JSON', '{', /It is not valid JSON/],
    ['no list', { get_order: {} }, /expected a list/],
  ])('refuses a tools file with %s', async (_, content, message) => {
    const tools = await file('broken.json', content);
    await expect(tauBenchSuite({ tools })).rejects.toMatchObject({
      code: 'input_fault',
      message: expect.stringMatching(message),
    });
  });

  it('says that a side file is not there', async () => {
    const tools = path.join(folder, 'missing.json');
    await expect(tauBenchSuite({ tools })).rejects.toMatchObject({ code: 'input_fault' });
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trajectory } from '../../model/trajectory.ts';
import { bfclSuite } from './bfcl-suite.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agentops-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, records: readonly unknown[]): Promise<string> {
  const target = path.join(folder, name);
  await writeFile(target, records.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return target;
}

const city = { type: 'string', description: 'Where' };
const weather = {
  name: 'weather.get',
  description: 'Tells the weather. Of today.',
  parameters: {
    type: 'dict',
    properties: {
      city,
      days: { type: 'integer' },
      hours: { type: 'tuple', items: { type: 'float' } },
      extra: { type: 'dict', properties: { unit: { type: 'any' } } },
    },
    required: ['city'],
  },
};

function question(id: string, functions: unknown = weather) {
  const turns = [
    [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hot?' },
    ],
  ];
  return {
    id,
    question: [...turns, [{ role: 'user', content: 'And rain?' }]],
    function: functions,
  };
}

/** The task that is drawn of one question and its answer. */
async function taskOf(id: string, ground_truth: unknown, functions?: unknown, tools?: unknown[]) {
  const source = await bfclSuite({
    tasks: await file('questions.jsonl', [question(id, functions)]),
    ...(ground_truth !== undefined && { rules: await file('a.jsonl', [{ id, ground_truth }]) }),
    ...(tools && { tools: await file('tools.jsonl', tools) }),
  });
  return source.task({ task: id } as Trajectory, null); // all that is looked at
}

async function expectedOf(...given: Parameters<typeof taskOf>) {
  return (await taskOf(...given)).expect;
}

describe('bfclSuite()', () => {
  it('asks for the files that it needs', async () => {
    await expect(bfclSuite({})).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('--tasks'),
    });
    const tasks = await file('questions.jsonl', [question('simple_0')]);
    await expect(bfclSuite({ tasks })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('--rules'),
    });
  });

  it('tells what the tools take in JSON Schema, and leaves open where two of a name differ', async () => {
    const other = { ...weather, parameters: { type: 'dict', properties: { town: city } } };
    const free = { ...other, name: 'free' };
    const tasks = await file('questions.jsonl', [
      question('simple_0'),
      question('simple_1', [free, { ...free, description: 'Twice' }]),
    ]);
    const rules = await file('a.jsonl', []);
    const { tools } = await bfclSuite({ tasks, rules });
    const input = {
      type: 'object',
      properties: {
        ...{ city: { type: 'string' }, days: { type: 'integer' } },
        hours: { type: 'array', items: { type: 'number' } },
        extra: { type: 'object', properties: { unit: {} } },
      },
      required: ['city'],
    };
    expect(tools).toEqual({
      weather_get: { description: 'Tells the weather.', input },
      free: {
        description: 'Tells the weather.',
        input: { type: 'object', properties: { town: { type: 'string' } } },
      },
    });
    const both = await file('more.jsonl', [question('simple_0'), question('simple_1', other)]);
    expect((await bfclSuite({ tasks: both, rules })).tools).toEqual({
      weather_get: { description: 'Tells the weather.' },
    });
  });

  it('expects one call, or several in any order, with what is accepted of each argument', async () => {
    const truth = { city: ['Rome', 'ROME', 'Roma'], days: ['', 3] };
    const pattern = {
      weather_get: {
        city: { $or: [{ $text: 'Rome' }, { $text: 'Roma' }] },
        days: { $optional: 3 },
      },
    };
    expect(await taskOf('simple_0', [{ 'weather.get': truth }])).toEqual({
      id: 'simple_0',
      input: 'Hot?\n\nAnd rain?',
      expect: { calls: { exact: [pattern] } },
    });
    const twice = { 'weather.get_1': truth, 'weather.get 2': truth };
    expect(await expectedOf('parallel_0', twice)).toEqual({
      calls: { unordered: [pattern, pattern] },
    });
  });

  it.each([
    [{ city: ['10:30'] }, { city: { $regex: expect.stringContaining('0[ ,./_*^-]*:') } }],
    [{ city: ['Route 66'] }, { city: { $text: 'Route 66', $regex: '^[\\w ,./*^-]*$' } }],
    [
      { city: ['x'], days: [''] },
      { city: {}, days: { $exists: false } },
    ],
    [
      { city: ['Rome'], snow: [''] },
      { city: { $text: 'Rome' }, snow: { $exists: false } },
    ],
    [
      { city: ['Rome'], snow: [1] },
      { city: { $text: 'Rome' }, snow: { $in: [] } },
    ],
    [{ days: [1, 2] }, { days: { $in: [1, 2] }, city: { $in: [] } }],
    [{ city: ['{{x}}'] }, { city: { $regex: expect.not.stringContaining('{{') } }],
  ])('writes what is accepted, %j, as matchers', async (truth, wanted) => {
    expect(await expectedOf('simple_0', [{ 'weather.get': truth }])).toMatchObject({
      calls: { exact: [{ weather_get: wanted }] },
    });
  });

  it('needs no answers where the question tells whether anything is called', async () => {
    expect(await expectedOf('live_irrelevance_3-0-0', undefined)).toEqual({ calls: { exact: [] } });
    expect(await expectedOf('live_relevance_3-0', undefined)).toEqual({
      calls: { any_order: ['*'] },
    });
  });

  it('leaves undecided what only another language or executing a call tells', async () => {
    const java = [{ 'weather.get': { city: ['x'] } }];
    for (const id of ['simple_java_0', 'javascript_3']) {
      expect(await expectedOf(id, java)).toEqual({ undecided: expect.stringContaining('java') });
    }
    const executed = { undecided: expect.stringContaining('executing') };
    expect(await expectedOf('exec_simple_0', ["weather.get(city='x')"])).toEqual(executed);
    expect(await expectedOf('multi_turn_base_0', [[], []])).toEqual(executed);
  });

  it('expects every call of a conversation, arguments by position named by --tools', async () => {
    const turns = [["weather.get('Rome', days=2)"], [], ['stop()']];
    const wanted = {
      calls: { any_order: [{ weather_get: { city: 'Rome', days: 2 } }, { stop: {} }] },
    };
    expect(await expectedOf('multi_turn_base_0', turns, [], [weather])).toEqual(wanted);
    await expect(taskOf('multi_turn_base_0', turns, [])).rejects.toThrow(
      'expected "weather.get" among the functions of --tools',
    );
    await expect(taskOf('multi_turn_base_0', [['f(']], [])).rejects.toThrow('a call in Python');
    for (const text of ["weather.get('a', city='b')", 'weather.get(1, 2, [], {}, 5)']) {
      await expect(taskOf('multi_turn_base_0', [[text]])).rejects.toThrow('does not fit');
    }
  });

  it('takes an argument that has its default for one that is left out', async () => {
    const properties = { a: { default: 0 }, b: { default: 'None' }, c: { default: [1] }, d: {} };
    const functions = [{ name: 'f', parameters: { properties } }];
    const calls = (...texts: string[]) => expectedOf('multi_turn_base_0', [texts], functions);
    expect(await calls('f(a=0, d=0)', 'f(a=2, c=[1], b=None)')).toEqual({
      calls: {
        any_order: [
          { f: { a: { $optional: 0 }, c: { $optional: [1] }, d: 0 } },
          { f: { a: 2, b: null, c: { $optional: [1] } } },
        ],
      },
    });
  });

  it.each([
    [[{ unknown: {} }], 'It calls'],
    [[{ 'weather.get_x': {} }], 'Its answer calls "weather.get_x"'],
    [[{ 'weather.get': { city: 'x' } }], 'Its "ground_truth'],
    ['text', 'Its "ground_truth" is "text"'],
  ])('refuses an answer that it cannot read: %j', async (truth, words) => {
    const message = words === 'It calls' ? 'Its answer calls "unknown"' : words;
    await expect(taskOf('simple_0', truth)).rejects.toThrow(message);
  });

  it('refuses types that it does not know, and tasks that the files do not hold', async () => {
    const odd = { name: 'f', parameters: { properties: { a: { type: 'HashMap' } } } };
    await expect(taskOf('simple_0', [{ f: { a: [1] } }], [odd])).rejects.toThrow('"HashMap"');
    const untyped = { name: 'f', parameters: { properties: { a: {} } } };
    await expect(taskOf('simple_0', [{ f: { a: [1] } }], [untyped])).rejects.toThrow('type ""');
    const tasks = await file('questions.jsonl', [question('simple_0')]);
    const source = await bfclSuite({ tasks, rules: await file('a.jsonl', []) });
    const drawn = (task: string) => () => source.task({ task } as Trajectory, null);
    expect(drawn('simple_0')).toThrow('"simple_0", which --rules does not hold');
    expect(drawn('simple_1')).toThrow('"simple_1", which --tasks does not hold');
  });

  it('tells file and line of what is broken or there twice', async () => {
    const twice = await file('twice.jsonl', [question('simple_0'), question('simple_0')]);
    await expect(bfclSuite({ tasks: twice })).rejects.toThrow('it holds task "simple_0" twice');
    const wrong = await file('wrong.jsonl', [question('simple_0'), { id: 3 }]);
    await expect(bfclSuite({ tasks: wrong })).rejects.toThrow(
      'wrong.jsonl:2": Its "id" is 3, expected a text',
    );
  });
});

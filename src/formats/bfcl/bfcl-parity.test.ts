import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Statuses, statusesOf } from '../../../test/imported-statuses.ts';

interface Case {
  name: string;
  status: 'pass' | 'fail';
  /** Type of the argument, with what its elements are where it is a list. */
  type?: [string, string?];
  accepted?: unknown[];
  given?: unknown;
}

const dict = { size: ['large'], ice: ['', 'no'] };

/** One call of `order(item)`: what BFCL says of an argument by its type, the values accepted and the one given. */
const ofOneArgument: Case[] = [
  { name: 'string normalised', status: 'pass', accepted: ['April 1, 2024'], given: 'april 1,2024' },
  { name: 'quote O\'Neil vs O"Neil', status: 'pass', accepted: ["O'Neil"], given: 'O"Neil' },
  { name: 'colon differs', status: 'fail', accepted: ['10:30'], given: '1030' },
  {
    name: 'colon differs, the other way round',
    status: 'fail',
    accepted: ['1030'],
    given: '10:30',
  },
  { name: 'a sign beside a letter', status: 'fail', accepted: ['C'], given: 'C++' },
  { name: 'no string at all', status: 'fail', accepted: ['Paris'], given: 'London' },
  { name: 'an empty text', status: 'pass', accepted: ['', 'x'], given: '' },
  { name: 'int for float ok', status: 'pass', type: ['float'], accepted: [5.0], given: 5 },
  { name: 'float for int', status: 'fail', type: ['integer'], accepted: [5], given: 5.5 },
  { name: 'bool for int', status: 'fail', type: ['integer'], accepted: [1], given: true },
  { name: 'int for string', status: 'fail', accepted: ['5'], given: 5 },
  {
    ...{ name: 'list order matters', status: 'fail', type: ['array', 'integer'] },
    ...{ accepted: [[1, 2]], given: [2, 1] },
  },
  {
    ...{ name: 'list normalised ok', status: 'pass', type: ['array', 'string'] },
    ...{ accepted: [['New York', 'a-b']], given: ['new york', 'AB'] },
  },
  {
    ...{ name: 'list elem wrong type', status: 'fail', type: ['array', 'string'] },
    ...{ accepted: [['1', '2']], given: [1, 2] },
  },
  {
    ...{ name: 'a list of nothing where none need be given', status: 'pass' },
    ...{ type: ['array', 'string'], accepted: [''], given: [] },
  },
  {
    ...{ name: 'dict ok w/ optional key', status: 'pass', type: ['dict'] },
    ...{ accepted: [dict], given: { size: 'Large' } },
  },
  {
    ...{ name: 'dict missing key', status: 'fail', type: ['dict'] },
    ...{ accepted: [dict], given: { ice: 'no' } },
  },
  {
    ...{ name: 'dict unexpected key', status: 'fail', type: ['dict'] },
    ...{ accepted: [dict], given: { size: 'large', milk: 'oat' } },
  },
  {
    ...{ name: 'list of dicts', status: 'pass', type: ['array', 'dict'] },
    ...{ accepted: [[{ a: [1] }, { a: [2] }]], given: [{ a: 1 }, { a: 2 }] },
  },
  {
    ...{ name: 'list of dict order', status: 'fail', type: ['array', 'dict'] },
    ...{ accepted: [[{ a: [1] }, { a: [2] }]], given: [{ a: 2 }, { a: 1 }] },
  },
  {
    ...{ name: 'variable: string given for array where answer is string', status: 'pass' },
    ...{ type: ['array', 'string'], accepted: ['my_list'], given: 'my_list' },
  },
  {
    ...{ name: 'variable: compared as it is', status: 'fail' },
    ...{ type: ['array', 'string'], accepted: ['my_list'], given: 'mylist' },
  },
] as Case[];

interface Whole {
  name: string;
  status: 'pass' | 'fail';
  answer: unknown;
  result: unknown;
}

const pair = [{ play: { song: [1], loud: ['', true] } }, { play: { song: [2], loud: ['', true] } }];
const twoOfOne = [{ play: { song: [1, 2] } }, { play: { song: [1] } }];

/** What BFCL says of whole results; `play(song, loud?)` and `stop()` may be called. */
const ofCalls: Whole[] = [
  { name: 'missing required', status: 'fail', answer: pair.slice(0, 1), result: [play({})] },
  {
    ...{ name: 'unexpected param', status: 'fail', answer: pair.slice(0, 1) },
    result: [play({ song: 1, volume: 3 })],
  },
  {
    ...{ name: 'param in schema but not in answer', status: 'fail' },
    ...{ answer: [{ play: { song: [1] } }], result: [play({ song: 1, loud: true })] },
  },
  {
    ...{ name: 'optional omitted and "" allowed', status: 'pass' },
    ...{ answer: pair.slice(0, 1), result: [play({ song: 1 })] },
  },
  {
    ...{ name: 'optional omitted not allowed', status: 'fail' },
    ...{ answer: [{ play: { song: [1], loud: [true] } }], result: [play({ song: 1 })] },
  },
  {
    ...{ name: 'any order', status: 'pass', answer: pair },
    result: [play({ song: 2 }), play({ song: 1 })],
  },
  { name: 'count', status: 'fail', answer: pair, result: [play({ song: 1 })] },
  {
    ...{ name: 'numbered keys of one function', status: 'pass' },
    ...{ answer: { play_1: { song: [1] }, 'play 2': { song: [2] } } },
    result: '[play(song=2), play(song=1)]',
  },
  {
    // BFCL gives 1 to the first that takes it, and then finds nothing for 2; ours is the solution
    ...{ name: 'greedy not optimal: ours finds the match', status: 'pass', answer: twoOfOne },
    result: [play({ song: 1 }), play({ song: 2 })],
  },
  {
    name: 'multiple wrong name',
    status: 'fail',
    answer: [{ play: { song: [1] } }],
    result: [{ stop: '{}' }],
  },
  { name: 'text only', status: 'fail', answer: [{ play: { song: [1] } }], result: 'Which song?' },
  {
    ...{ name: 'arguments that are no JSON', status: 'fail', answer: [{ play: { song: [1] } }] },
    result: [{ play: '{"song": 1' }],
  },
];

function play(args: unknown) {
  return { play: JSON.stringify(args) };
}

function schemaOf([type, items]: [string, string?]) {
  return { type, ...(items && { items: { type: items } }) };
}

function recordsOf() {
  const single = ofOneArgument.map((one, index) => {
    const { type = ['string'], accepted = [], given } = one;
    const properties = { item: schemaOf(type) };
    return {
      id: `simple_${index}`,
      function: { name: 'order', parameters: { type: 'dict', properties, required: [] } },
      ground_truth: [{ order: { item: accepted } }],
      result: [{ order: JSON.stringify({ item: given }) }],
    };
  });
  const properties = { song: { type: 'integer' }, loud: { type: 'boolean' } };
  const whole = ofCalls.map(({ answer, result }, index) => ({
    id: `parallel_${index}`,
    function: [
      { name: 'play', parameters: { type: 'dict', properties, required: ['song'] } },
      { name: 'stop', parameters: { type: 'dict', properties: {} } },
    ],
    ground_truth: answer,
    result,
  }));
  return [...single, ...whole].map((one) => ({ ...one, question: 'Please.', latency: 1 }));
}

let folder = '';
let statuses: Statuses = new Map();
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agentops-'));
  await writeFile(path.join(folder, 'package.json'), '{}');
  const file = path.join(folder, 'all.jsonl');
  await writeFile(
    file,
    recordsOf()
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  );
  statuses = await statusesOf(folder, file, { tasks: file, rules: file });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a suite made of BFCL results', () => {
  it.each(ofOneArgument.map((one, index) => ({ ...one, id: `simple_${index}` })))(
    'judges an argument as BFCL does: $name',
    ({ id, status }) => {
      expect(statuses.get(id)).toBe(status);
    },
  );

  it.each(ofCalls.map((one, index) => ({ ...one, id: `parallel_${index}` })))(
    'judges calls as BFCL does: $name',
    ({ id, status }) => {
      expect(statuses.get(id)).toBe(status);
    },
  );
});

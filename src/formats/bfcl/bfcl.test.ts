import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrajectory } from '../agentops.ts';
import type { FormatItem, SourceRecord } from '../format.ts';
import { bfcl } from './bfcl.ts';

const record = {
  id: 'parallel_3',
  result: [{ music_play: '{"song": "Help!"}' }, { music_stop: '{}' }],
  input_token_count: 300,
  output_token_count: 20,
  latency: 1.25,
};
const talk = {
  id: 'multi_turn_base_2',
  result: [[[{ cd: '{"folder": "a"}' }, { ls: '{}' }], 'Done.'], [], [['Nothing to do.']]],
  input_token_count: [[10, 20], [], [30]],
  output_token_count: [[1, 2], [], [3]],
  latency: [[0.5, 0.5], [], [0.5]],
};

async function itemsOf(...values: unknown[]): Promise<FormatItem[]> {
  async function* records(): AsyncGenerator<SourceRecord> {
    for (const [index, value] of values.entries())
      yield { line: index + 1, index, array: null, value };
  }
  const items: FormatItem[] = [];
  for await (const item of bfcl.read(records(), { file: 'p.jsonl', agent: 'gpt' }))
    items.push(item);
  return items;
}

async function stepsOf(result: unknown) {
  const [item] = await itemsOf({ id: 'simple_0', result });
  if (item === undefined || 'fault' in item) throw new Error(item?.fault);
  return item.trajectory.steps;
}

describe('bfcl.detect()', () => {
  it('knows results from other records', () => {
    expect(bfcl.detect([record])).toBe(1);
    expect(bfcl.detect([{ id: 'simple_0', result: 'f()' }])).toBe(0.4);
    expect(bfcl.detect([{ id: 'a', messages: [] }, { id: 4, result: [] }, null])).toBe(0);
    expect(bfcl.detect([])).toBe(0);
  });
});

describe('bfcl.read()', () => {
  it('makes a trajectory of the calls of a result', async () => {
    const shared = { at_ms: 1250 };
    expect(await itemsOf(record)).toEqual([
      {
        ...{ line: 1, index: 0, origin: record, unnumbered: true },
        trajectory: {
          ...{ schema_version: 1, task: 'parallel_3', agent: 'gpt', trial: 1 },
          steps: [
            { type: 'model', usage: { input_tokens: 300, output_tokens: 20 }, ...shared },
            {
              ...{ type: 'tool_call', tool: 'music_play', args: { song: 'Help!' } },
              ...{ parallel: 'm1', ...shared },
            },
            { type: 'tool_call', tool: 'music_stop', args: {}, parallel: 'm1', ...shared },
          ],
          stop: 'completed',
          source: { format: 'bfcl', file: 'p.jsonl', index: 0 },
        },
      },
    ]);
  });

  it('keeps the turns of a conversation, with the tokens of each exchange', async () => {
    const [item] = await itemsOf(talk);
    expect(item).toMatchObject({ trajectory: { task: 'multi_turn_base_2', stop: 'completed' } });
    expect(item && 'trajectory' in item && item.trajectory.steps).toEqual([
      { type: 'model', usage: { input_tokens: 10, output_tokens: 1 }, turn: 1 },
      { type: 'tool_call', tool: 'cd', args: { folder: 'a' }, parallel: 'm1.1', turn: 1 },
      { type: 'tool_call', tool: 'ls', args: {}, parallel: 'm1.1', turn: 1 },
      { type: 'model', usage: { input_tokens: 20, output_tokens: 2 }, turn: 1 },
      { type: 'message', role: 'assistant', content: 'Done.', turn: 1 },
      { type: 'model', usage: { input_tokens: 30, output_tokens: 3 }, turn: 3 },
      { type: 'message', role: 'assistant', content: 'Nothing to do.', turn: 3 },
    ]);
  });

  it('reads calls that are written in Python, and takes other text for what was said', async () => {
    expect(await stepsOf('[math.hypot(x=3, y=-4)]')).toEqual([
      { type: 'model' },
      { type: 'tool_call', tool: 'math_hypot', args: { x: 3, y: -4 } },
    ]);
    const text = 'I would call math.hypot(x=3).';
    expect(await stepsOf(text)).toMatchObject([{}, { type: 'message', content: text }]);
  });

  it('says of arguments why there are none', async () => {
    const result = [{ f: '{"a":' }, { g: null }, { h: { a: 1 } }, { 'i.j': '[1]' }];
    expect(await stepsOf(result)).toMatchObject([
      { type: 'model' },
      { tool: 'f', args_missing: 'unparsable', args_raw: '{"a":' },
      { tool: 'g', args_missing: 'not_captured' },
      { tool: 'h', args: { a: 1 } },
      { tool: 'i_j', args: [1] },
    ]);
    expect(await stepsOf('f(1, b=2)')).toMatchObject([
      { type: 'model' },
      { tool: 'f', args_missing: 'unparsable', args_raw: 'f(1, b=2)' },
    ]);
  });

  it.each([
    [{ ...record, id: 4 }, 'Its "id" is 4, expected a text'],
    [{ ...record, result: null }, 'Its "result" is null, expected a text or a list'],
    [{ ...record, result: [4] }, 'Its "result[0]" is 4, expected { name: arguments } or a text'],
    [{ ...record, result: [{ f: '{}', g: '{}' }] }, 'Its "result[0]" is an object of 2 keys'],
    [{ ...record, result: [{}] }, 'Its "result[0]" is an object'],
    [{ ...record, result: [[4]] }, 'Its "result[0][0]" is 4, expected calls or a text'],
    [{ ...record, result: [[], 'x', 4] }, 'Its "result[0]" is an empty list'],
    [[record], 'It is a list, expected an object'],
  ])('refuses what is no result', async (value, fault) => {
    expect(await itemsOf(value)).toEqual([{ line: 1, fault: expect.stringContaining(fault) }]);
  });

  it('makes a fault with words, or a trajectory that can be read, of any record', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(), async (value) => {
        const [item] = await itemsOf(value);
        if (item === undefined) throw new Error('A record is lost');
        if ('fault' in item) expect(item.fault).toMatch(/\w+ \w+/);
        else expect(readTrajectory(item.trajectory)).not.toHaveProperty('fault');
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

/** Records with parts cut off, in other places, twice, or of another type. */
function mutated(): fc.Arbitrary<unknown> {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(null, 0, -1, 1e300, '', '[f(a=1)]', [], {}, [[]], [[[]]], true),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const key = fc.constantFrom(...Object.keys(record));
  const changed = fc
    .tuple(fc.constantFrom(record, talk), key, odd)
    .map(([whole, at, value]) => ({ ...whole, [at]: value }));
  const item = fc.constantFrom<unknown>(...record.result, ...talk.result, 'text', 4, null);
  const shuffled = fc
    .tuple(fc.constantFrom(record, talk), fc.array(item, { maxLength: 4 }))
    .map(([whole, result]) => ({ ...whole, result }));
  return fc.oneof(changed, shuffled, odd);
}

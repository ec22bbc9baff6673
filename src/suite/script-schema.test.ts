import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { schemaMessage } from './schema-message.ts';
import { scriptFileSchema, scriptSchema } from './script-schema.ts';

function faultsOf(script: unknown): string[] {
  const { error } = scriptSchema.safeParse(script, { error: schemaMessage });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('scriptSchema', () => {
  it.each([
    ['text', ['Hello.']],
    [
      'short and long calls',
      [{ calls: ['ping', { get: { id: 1 } }, { ping: null }, { tool: 'get', args: {}, id: 'c' }] }],
    ],
    ['a tool that is called tool', [{ calls: [{ tool: { a: 1 } }] }]],
    [
      'an error that goes away',
      [{ error: { status: 429, message: 'Slow', retry_after: 1 } }, 'Done.'],
    ],
    ['a condition', [{ say: 'Hi', when: { user: { $contains: 'hello' }, turn: 1 }, uses: 2 }]],
    [
      'tokens and cost',
      [
        {
          say: 'Hi',
          usage: { input_tokens: 9, output_tokens: 1, cached_tokens: 9 },
          cost_usd: 0.1,
          model: 'm',
          delay_ms: 5,
        },
      ],
    ],
    ['turns by task', { late: ['A'], '*': ['B'] }],
    ['a path', './model.script.yaml'],
  ])('takes %s', (_, script) => {
    expect(faultsOf(script)).toEqual([]);
  });

  it.each([
    [3, ': Expected a list of turns, or a map of such lists by task'],
    ['model.yaml', ': Expected a path that begins with ./ or ../'],
    [[], ': Expected a list of at least 1 entry, got []'],
    [{ late: 'x' }, 'late: Expected a list, got "x"'],
    [[{}], '0: Expected "say", "calls" or "error", got none of them'],
    [[{ says: 'x', say: 'y' }], '0: Unknown key "says", did you mean "say"?'],
    [
      [{ say: 'x', error: { status: 500, message: 'm' } }],
      '0: Expected "error" alone, got say and error; write the answer as a turn after it',
    ],
    [
      [{ error: { status: 200, message: 'm' } }],
      '0.error.status: Expected a number of at least 400, got 200',
    ],
    [
      [{ calls: [{ a: {}, b: {} }] }],
      '0.calls.0: Expected one tool with its arguments, got a and b; write each call as an entry of its own',
    ],
    [[{ calls: [{ a: [1] }] }], '0.calls.0.a: Expected a map, got [1]'],
    [[{ calls: [{ tool: 'a', arg: {} }] }], '0.calls.0: Unknown key "arg", did you mean "args"?'],
    [[{ say: 'x', when: { usr: 'y' } }], '0.when.usr: Unknown key "usr", did you mean "user"?'],
    [[{ say: 'x', when: 'y' }], '0.when: Expected a map of what is asked of the request'],
    [
      [{ say: 'x', when: { user: { $contain: 'y' } } }],
      '0.when.user.$contain: Unknown operator $contain: did you mean "$contains"? (data with $ keys is written under $eq)',
    ],
    [
      [{ say: 'x', usage: { input_tokens: 1, output_tokens: 1, cached_tokens: 2 } }],
      '0.usage.cached_tokens: Expected at most 1, the tokens read, got 2',
    ],
  ])('says what is wrong with %j', (script, fault) => {
    expect(faultsOf(script)).toEqual([fault]);
  });

  it('can be written as a JSON Schema', () => {
    expect(() => z.toJSONSchema(scriptSchema, { unrepresentable: 'any' })).not.toThrow();
  });
});

describe('scriptFileSchema', () => {
  it('takes no path', () => {
    expect(scriptFileSchema.safeParse('./other.yaml').success).toBe(false);
  });
});
